import { normalUrl } from '../../src/record/url.ts'

/** Longer HTML is cut: converting as much takes about 100 ms. */
export const LONGEST_HTML = 500_000
const MOST_LINKS = 200
const HREF = /\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))/gi

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
