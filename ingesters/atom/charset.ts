import iconv from 'iconv-lite'

/** Byte order marks, longest first, since UTF-32's little-endian one begins with UTF-16's. */
const MARKS: readonly (readonly [string, string])[] = [
  ['fffe0000', 'utf-32le'],
  ['0000feff', 'utf-32be'],
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
]

/** How `<?xml` and `<` begin in encodings whose bytes are not ASCII's (XML 1.0, appendix F). */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['0000003c', 'utf-32be'],
  ['3c000000', 'utf-32le'],
  ['003c', 'utf-16be'],
  ['3c00', 'utf-16le'],
  ['4c6fa794', 'cp037'],
]

/** Nobody means the control characters that Latin-1 has where Windows-1252 has quotation marks (WHATWG Encoding). */
const LATIN_1 = /^(iso[-_]?8859[-_]?1|latin-?1|l1)$/i

/**
 * The text of a document: its encoding told by a byte order mark, else by the Content-Type's charset, else by the XML
 * declaration, else UTF-8 (RFC 7303, section 3.2). A charset that nobody knows counts as not told, and text that
 * is not the UTF-8 it should be is read as Windows-1252, which is what such feeds nearly always are.
 */
export function decode(bytes: Uint8Array, contentType?: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const charset = beginsWith(buffer, MARKS) ?? declared(buffer, contentType)
  if (charset && !isUtf8(charset))
    return iconv.decode(buffer, LATIN_1.test(charset) ? 'windows-1252' : charset)
  const text = new TextDecoder('utf-8').decode(buffer)
  return looksMisread(text) ? iconv.decode(buffer, 'windows-1252') : text
}

function declared(buffer: Buffer, contentType = ''): string | undefined {
  const [, told] = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType) ?? []
  if (told && isKnown(told)) return told
  const wide = beginsWith(buffer, BEGINNINGS)
  if (wide) return wide
  const head = buffer.toString('latin1', 0, 1000)
  const [, written] = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head) ?? []
  // A document whose declaration can be read byte by byte is in no wide encoding, whatever it says.
  return written && isKnown(written) && !/^(utf-?(16|32)|ucs|iso-10646)/i.test(written) ? written : undefined
}

/** Encodings of the Web, not iconv-lite's `base64` and `hex`, which are no charsets. */
function isKnown(charset: string): boolean {
  return iconv.encodingExists(charset) && !/^(base64|hex|binary|utf-?7|utf-?7-?imap)$/i.test(charset)
}

function isUtf8(charset: string): boolean {
  return /^(utf-?8|us-ascii|ascii)$/i.test(charset)
}

/** More characters that could not be read than characters beyond ASCII that could; the beginning tells. */
function looksMisread(whole: string): boolean {
  const text = whole.slice(0, 200_000)
  const lost = text.match(/\ufffd/g)?.length ?? 0
  if (lost === 0) return false
  const read = text.match(/[\u0080-\uffff]/g)?.length ?? 0
  return lost > read - lost
}

function beginsWith(buffer: Buffer, table: readonly (readonly [string, string])[]): string | undefined {
  const head = buffer.toString('hex', 0, 4)
  return table.find(([mark]) => head.startsWith(mark))?.[1]
}
