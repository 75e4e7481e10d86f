import { isUtf8 } from 'node:buffer'
import { decode } from 'libmime/lib/charset'

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

const EIGHT_BIT = /[\x80-\xff]/
const LONGEST_BLOCK = 1024 * 1024
const LONGEST_VALUE = 64 * 1024
const MOST_OF_ONE_NAME = 100

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
  const values = new Map<HeaderName, string[]>()
  const count = readInto(values, block)
  return {
    count,
    bodyAt: end.after,
    first: (name) => values.get(name)?.slice(0, 1).map(unfolded)[0],
    all: (name) => values.get(name)?.map(unfolded) ?? [],
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

function readInto(values: Map<HeaderName, string[]>, block: string): number {
  let count = 0
  for (let at = 0; at < block.length; ) {
    const end = endOfFolded(block, at)
    const colon = block.indexOf(':', at)
    if (colon > at && colon < end) {
      const name = KNOWN.get(block.slice(at, colon).trimEnd().toLowerCase())
      if (name) add(values, name, block.slice(colon + 1, end))
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

function add(values: Map<HeaderName, string[]>, name: HeaderName, value: string): void {
  const held = values.get(name)
  if (!held) values.set(name, [value])
  else if (held.length < MOST_OF_ONE_NAME) held.push(value)
}

/** One line, decoded: raw 8-bit headers are UTF-8 (RFC 6532) where they can be, and Windows-1252 otherwise. */
function unfolded(value: string): string {
  const cut = value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value
  const line = (cut.includes('\n') ? cut.replace(/\r?\n[ \t]*/g, ' ') : cut).trim()
  if (!EIGHT_BIT.test(line)) return line
  const bytes = Buffer.from(line.replace(/=\?[^?]{1,80}\?q\?[^?]*\?=/gi, escaped), 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : decode(bytes, 'windows-1252')
}

/** A raw 8-bit character inside an encoded word is of that word's charset, not of the header's. */
function escaped(word: string): string {
  return word.replace(/[\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16)}`)
}
