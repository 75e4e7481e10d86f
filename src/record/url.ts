/** Query parameters that follow a reader around and name nothing (WHATWG URL; lists of the common campaign tags). */
const TRACKING = /^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid)$/

const LONGEST_URL = 2000
const IN_TEXT = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/giu
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

/**
 * One spelling for a URL, so that two posts that link the same page meet: `http` and `https` only, host lower
 * case, no default port, no credentials, no tracking parameters, no fragment except a fragment route (`#!`).
 * Undefined for what is not such a URL or longer than 2,000 characters.
 */
export function normalUrl(text: string): string | undefined {
  if (text.length > LONGEST_URL || !URL.canParse(text.trim())) return undefined
  const url = new URL(text.trim())
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined

  url.username = ''
  url.password = ''
  if (!url.hash.startsWith('#!')) url.hash = ''
  const tracking = url.searchParams.keys().filter((name) => TRACKING.test(name))
  for (const name of tracking.toArray()) url.searchParams.delete(name)
  return url.href.length > LONGEST_URL ? undefined : url.href
}

/** Every URL that stands in a text, normalised, each once, at most 200 of them. */
export function linksIn(text: string): string[] {
  const found = new Set<string>()
  for (const [match] of text.matchAll(IN_TEXT)) {
    const url = normalUrl(trimmed(match))
    if (url) found.add(url)
    if (found.size >= 200) break
  }
  return [...found]
}

/** What a sentence adds behind a URL: full stops, and brackets that were opened before it. */
function trimmed(url: string): string {
  let end = url.length
  for (; end > 0; end--) {
    const last = url[end - 1] ?? ''
    const opener = CLOSERS[last]
    if (opener ? balance(url.slice(0, end), opener, last) >= 0 : !/[.,;:!?*_~'"]/.test(last)) break
  }
  return url.slice(0, end)
}

function balance(text: string, opener: string, closer: string): number {
  return text.split(opener).length - text.split(closer).length
}
