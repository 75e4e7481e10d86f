import { type HtmlToTextOptions, convert } from 'html-to-text'
import { normalUrl } from '../../src/record/url.ts'

/** Longer HTML is cut: the conversion takes about 100 ms for each of these. */
const LONGEST_HTML = 500_000
/** Deeper nesting makes the HTML parser quadratic and overflows the stack; browsers flatten below 512 levels. */
const DEEPEST = 400
const MOST_LINKS = 200
const HREF = /\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))/gi
const VOID_TAGS =
  /^<(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|d[dt]|t[drh]|option)\b/i

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: DEEPEST },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
}

/** HTML as plain text, quotations marked by `>`. What is nested too deep loses its tags and keeps its words. */
export function htmlWords(html: string): string {
  const cut = html.slice(0, LONGEST_HTML)
  return isDeep(cut) ? withoutTags(cut) : convert(cut, OPTIONS)
}

/** Where the links of a piece of HTML lead, normalised, at most 200. */
export function linksOfHtml(html: string): string[] {
  const found = new Set<string>()
  for (const [, double, single, bare] of html.slice(0, LONGEST_HTML).matchAll(HREF)) {
    const url = normalUrl((double ?? single ?? bare ?? '').replaceAll('&amp;', '&'))
    if (url) found.add(url)
    if (found.size >= MOST_LINKS) break
  }
  return [...found]
}

function isDeep(html: string): boolean {
  let depth = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (html[at + 1] === '/') depth = Math.max(0, depth - 1)
    else if (
      /[a-z]/i.test(html[at + 1] ?? '') &&
      !VOID_TAGS.test(html.slice(at, at + 10)) &&
      ++depth > DEEPEST
    )
      return true
  }
  return false
}

function withoutTags(html: string): string {
  return html.replace(/<[^<>]{0,10000}>?/g, ' ').replace(/[ \t]+/g, ' ')
}
