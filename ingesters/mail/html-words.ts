import { type HtmlToTextOptions, convert } from 'html-to-text'
import { LONGEST_HTML } from './html-links.ts'

/** Deeper nesting makes the HTML parser quadratic and overflows the stack; browsers flatten below 512 levels. */
const DEEPEST = 400
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
