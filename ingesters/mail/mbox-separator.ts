/** `From ann@example.org Mon Jul  1 11:26:47 2019`: the line that parts messages in an mbox (RFC 4155, appendix A). */
const LONGEST_LINE = 400
const DATED =
  /^From .*\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ ]+.*\d{1,2}:\d{2}.*\b(?:19|20)\d\d\b|^From .*\b(?:19|20)\d\d\b.*\d{1,2}:\d{2}/i
const ENVELOPE = /^(?:\xef\xbb\xbf)?\s*(From [^\r\n]*)/
const UNDATED = /^From (?:-|\S+@\S+)\s*$/
const HEADER = /^(?:[!-9;-~]+[ \t]*:|>?From )/
const MAIL_HEADER =
  /^(?:return-path|received|from|to|date|subject|message-id|delivered-to|x-[\w-]+|status|mime-version):/i
const LARGEST_HEADER = 16 * 1024
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** The From_ line at the beginning of `bytes`, without what stands before it and its line end; empty where there is none. */
export function envelopeOf(bytes: Buffer): string {
  return ENVELOPE.exec(bytes.toString('latin1', 0, LONGEST_LINE))?.[1] ?? ''
}

/**
 * Where the next message begins behind `from`, looking no further than `limit`; 0 where none does. Looks for
 * the letters first: a search for the line break before them would stop at every line.
 */
export function separatorAfter(bytes: Buffer, from: number, limit: number): number {
  for (
    let at = bytes.indexOf('From ', from + 1);
    at >= 0 && at < limit;
    at = bytes.indexOf('From ', at + 1)
  ) {
    if (bytes[at - 1] === LINE_FEED && isSeparator(bytes, at)) return at
  }
  return 0
}

/**
 * Where a Content-Length header says that the message ends, if another one begins there or the file ends
 * (mboxcl). `further on` where that is not held yet; `nowhere` where the header is missing or wrong, as it
 * is in most mailboxes that carry it.
 */
export function statedEnd(
  bytes: Buffer,
  isWhole: boolean,
  largest: number,
): number | 'further on' | 'nowhere' {
  const headerEnd = endOfHeaders(bytes.subarray(0, LARGEST_HEADER))
  const head = bytes.subarray(0, headerEnd)
  if (!head.includes('Content-Length:') && !head.includes('Content-length:')) return 'nowhere'
  const length = Number(
    /^content-length:[ \t]*(\d{1,9})[ \t]*\r?$/im.exec(head.toString('latin1'))?.[1] ?? Number.NaN,
  )
  if (!(length <= largest)) return 'nowhere'

  let at = headerEnd + length
  if (at + 8 > bytes.length && !isWhole) return 'further on'
  while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN)) at++
  if (at >= bytes.length) return isWhole && at === bytes.length ? 'nowhere' : 'further on'
  return bytes.toString('latin1', at, at + 5) === 'From ' &&
    bytes[at - 1] === LINE_FEED &&
    isSeparator(bytes, at)
    ? at
    : 'nowhere'
}

/**
 * Not every line that begins with `From ` is a separator. Where it carries a date, a header must follow, or
 * nothing; where it carries none, it must be one of the two known forms and the header must be one of mail.
 * The empty line that ought to stand before it is often missing.
 */
function isSeparator(bytes: Buffer, at: number): boolean {
  const line = lineAt(bytes, at)
  if (line.length > LONGEST_LINE) return false
  const next = lineAt(bytes, at + line.length + (bytes[at + line.length] === CARRIAGE_RETURN ? 2 : 1))
  if (!DATED.test(line)) return UNDATED.test(line) && MAIL_HEADER.test(next)
  return HEADER.test(next) || (next.trim() === '' && isBlankBefore(bytes, at))
}

function isBlankBefore(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 2] === CARRIAGE_RETURN ? at - 3 : at - 2
  return before < 0 || bytes[before] === LINE_FEED
}

function lineAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(LINE_FEED, at)
  const line = bytes.toString('latin1', at, Math.min(end < 0 ? bytes.length : end, at + 2 * LONGEST_LINE))
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

function endOfHeaders(bytes: Buffer): number {
  const bare = bytes.indexOf('\n\n')
  const crlf = bytes.subarray(0, bare < 0 ? bytes.length : bare).indexOf('\n\r\n')
  if (crlf >= 0) return crlf + 3
  return bare < 0 ? bytes.length : bare + 2
}
