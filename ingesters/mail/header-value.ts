import { isUtf8 } from 'node:buffer'
import { decode } from 'libmime/lib/charset'

const LONGEST_VALUE = 64 * 1024
const EIGHT_BIT = /[\x80-\xff]/

/**
 * A header value on one line, decoded, cut at 64 KiB: raw 8-bit headers are UTF-8 (RFC 6532) where they can be,
 * and Windows-1252 otherwise. The string is a copy, so that a name or an id which is kept for long does not
 * keep the header block around it.
 */
export function headerValue(bytes: Buffer, from: number, to: number): string {
  const value = bytes.toString('latin1', from, Math.min(to, from + LONGEST_VALUE))
  const line = (value.includes('\n') ? value.replace(/\r?\n[ \t]*/g, ' ') : value).trim()
  if (!EIGHT_BIT.test(line)) return line
  const escapedBytes = Buffer.from(line.replace(/=\?[^?]{1,80}\?q\?[^?]*\?=/gi, escaped), 'latin1')
  return isUtf8(escapedBytes) ? escapedBytes.toString('utf8') : decode(escapedBytes, 'windows-1252')
}

/** A raw 8-bit character inside an encoded word is of that word's charset, not of the header's. */
function escaped(word: string): string {
  return word.replace(/[\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16)}`)
}
