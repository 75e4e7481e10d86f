import { isUtf8 } from 'node:buffer'
import libmime from 'libmime'
import { decode } from 'libmime/lib/charset'
import { decode as decodeQuotedPrintable } from 'libqp'
import type { Attachment } from '../../src/record/observation.ts'
import { attachmentOf, type Body, MOST_ATTACHMENTS } from './body.ts'
import { contentOf, type Content } from './content.ts'
import type { HeaderBlock } from './header-block.ts'
import { type Part, partsOf } from './multipart.ts'

/** Text is cut here before it is decoded; what is kept of it in the end is less. */
const LARGEST_TEXT = 8 * 1024 * 1024
const DEEPEST = 20

interface Found {
  readonly texts: string[]
  readonly pages: string[]
  readonly attachments: Attachment[]
}

/**
 * Reads a body of regular structure exactly as mailparser does (a test holds the two side by side), without
 * streams: undefined for what is not regular. One thing it does better: text that claims or implies UTF-8
 * and is not is read as Windows-1252 instead of being peppered with replacement characters.
 */
export function regularBody(bytes: Buffer, headers: HeaderBlock): Body | undefined {
  const found: Found = { texts: [], pages: [], attachments: [] }
  if (!addPart(found, bytes, contentOf(headers), [])) return undefined
  return { text: found.texts.join('\n'), html: found.pages.join('<br/>\n'), attachments: found.attachments }
}

function addPart(
  found: Found,
  bytes: Buffer,
  content: Content | undefined,
  within: readonly string[],
): boolean {
  if (!content) return false
  if (content.type.startsWith('multipart/')) return addMultipart(found, bytes, content, within)
  if (content.boundary) return false
  if (content.isText) return addText(found, bytes, content)
  const raw = decoded(bytes, content.encoding)
  if (raw && found.attachments.length < MOST_ATTACHMENTS)
    found.attachments.push(attachmentOf(mediaTypeOf(content), content.filename, raw.length))
  return raw !== undefined
}

function addMultipart(
  found: Found,
  bytes: Buffer,
  { type, boundary }: Content,
  within: readonly string[],
): boolean {
  if (!boundary || within.includes(boundary) || within.length > DEEPEST) return false
  const parts = partsOf(bytes, boundary)
  const byDefault = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const add = (part: Part) =>
    addPart(found, part.bytes, contentOf(part.headers, byDefault), [...within, boundary])
  return parts?.every(add) ?? false
}

function addText(found: Found, bytes: Buffer, content: Content): boolean {
  const raw = decoded(bytes.subarray(0, LARGEST_TEXT), content.encoding)
  if (!raw) return false
  const text = inUnicode(content.flowed ? unflowed(raw, content.flowed) : raw, content.charset)
  if (text !== '') (content.type === 'text/html' ? found.pages : found.texts).push(text)
  return true
}

/** The bytes behind a transfer encoding (RFC 2045, 6); undefined for base64 with padding in its middle. */
function decoded(bytes: Buffer, encoding: string): Buffer | undefined {
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes)
  if (encoding !== 'base64') return bytes
  const text = bytes.toString('latin1')
  const padding = text.indexOf('=')
  if (padding >= 0 && !/^[=\s]*$/.test(text.slice(padding, padding + 100))) return undefined
  return Buffer.from(text, 'base64')
}

/** Lines that were wrapped for the way are joined again (RFC 3676). */
function unflowed(bytes: Buffer, flowed: 'yes' | 'delsp'): Buffer {
  return Buffer.from(libmime.decodeFlowed(bytes.toString('latin1'), flowed === 'delsp'), 'latin1')
}

function inUnicode(bytes: Buffer, name: string | undefined): string {
  const isUnicode =
    name === undefined || /^(?:us)?ascii$|^utf8$/.test(name.toLowerCase().replace(/[^a-z0-9]+/g, ''))
  if (!isUnicode) return decode(bytes, name)
  return isUtf8(bytes) ? bytes.toString('utf8') : decode(bytes, 'windows-1252')
}

function mediaTypeOf({ type, filename }: Content): string {
  return type === 'application/octet-stream' && filename ? libmime.detectMimeType(filename) : type
}
