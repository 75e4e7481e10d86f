import { headerValue } from './header-value.ts'

/** The headers of one message that this ingester reads, unfolded and undecoded, in the order they stand. */
export interface HeaderBlock {
  /** At least one where there is a header line of any name; none means that this is no mail. */
  readonly count: number
  /** Where the body begins, in bytes. */
  readonly bodyAt: number
  first(name: HeaderName): string | undefined
  all(name: HeaderName): readonly string[]
}

const NAMES = [
  'author',
  'bcc',
  'cc',
  'content-disposition',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'in-reply-to',
  'list-id',
  'list-post',
  'mailing-list',
  'message-id',
  'received',
  'references',
  'reply-to',
  'sender',
  'subject',
  'to',
  'x-beenthere',
  'x-mailing-list',
  'x-original-from',
  'x-original-sender',
] as const

/** The names that are kept; trace, signature and filter headers are most of a real header and say nothing we store. */
export type HeaderName = (typeof NAMES)[number]

const KNOWN: ReadonlyMap<string, HeaderName> = new Map(NAMES.map((name) => [name, name]))

const LONGEST_BLOCK = 1024 * 1024
const MOST_OF_ONE_NAME = 100

/** Where a value stands in the block; it is read when it is asked for. */
type Span = readonly [from: number, to: number]

/**
 * Reads the header block of a message (RFC 5322, 2.2). Lines that are no header are passed over, as are those
 * behind the first MiB; of one name 100 are kept, of one value 64 Ki characters.
 */
export function headersIn(bytes: Buffer): HeaderBlock {
  return blockFrom(bytes, firstLine(bytes))
}

/** Reads the header block of a MIME part, which may be empty: then the part begins with an empty line. */
export function partHeadersIn(bytes: Buffer): HeaderBlock {
  return blockFrom(bytes, 0)
}

function blockFrom(bytes: Buffer, start: number): HeaderBlock {
  const end = blankLine(bytes, start)
  const block = bytes.toString('latin1', start, Math.min(end.at, start + LONGEST_BLOCK))
  const spans = new Map<HeaderName, Span[]>()
  const count = readInto(spans, block)
  const read = ([from, to]: Span) => headerValue(bytes, start + from, start + to)
  return {
    count,
    bodyAt: end.after,
    first: (name) => spans.get(name)?.slice(0, 1).map(read)[0],
    all: (name) => spans.get(name)?.map(read) ?? [],
  }
}

/** Some mailboxes put empty lines or a byte-order mark before the first header. */
function firstLine(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] === 0x0a)) at++
  return at
}

function blankLine(bytes: Buffer, start: number): { readonly at: number; readonly after: number } {
  if (bytes[start] === 0x0a) return { at: start, after: start + 1 }
  if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return { at: start, after: start + 2 }
  const bare = bytes.indexOf('\n\n', start)
  const crlf = bytes.subarray(0, bare < 0 ? bytes.length : bare).indexOf('\n\r\n', start)
  if (crlf >= 0) return { at: crlf, after: crlf + 3 }
  return bare < 0 ? { at: bytes.length, after: bytes.length } : { at: bare, after: bare + 2 }
}

function readInto(spans: Map<HeaderName, Span[]>, block: string): number {
  let count = 0
  let colon = -1
  for (let at = 0; at < block.length; ) {
    const end = endOfFolded(block, at)
    if (colon < at) colon = block.indexOf(':', at)
    if (colon < 0) break
    if (colon > at && colon < end) {
      const name = KNOWN.get(block.slice(at, colon).trimEnd().toLowerCase())
      if (name) add(spans, name, [colon + 1, end])
      if (name || (count === 0 && isToken(block, at, colon))) count++
    }
    at = end + 1
  }
  return count
}

function endOfFolded(block: string, from: number): number {
  let end = block.indexOf('\n', from)
  while (end >= 0 && (block[end + 1] === ' ' || block[end + 1] === '\t')) end = block.indexOf('\n', end + 1)
  return end < 0 ? block.length : end
}

/** A header name is printable ASCII; white space is tolerated before the colon only. */
function isToken(block: string, from: number, colon: number): boolean {
  let end = colon
  while (end > from && (block[end - 1] === ' ' || block[end - 1] === '\t')) end--
  for (let at = from; at < end; at++) {
    const code = block.charCodeAt(at)
    if (code < 0x21 || code > 0x7e) return false
  }
  return end > from
}

function add(spans: Map<HeaderName, Span[]>, name: HeaderName, span: Span): void {
  const held = spans.get(name)
  if (!held) spans.set(name, [span])
  else if (held.length < MOST_OF_ONE_NAME) held.push(span)
}
