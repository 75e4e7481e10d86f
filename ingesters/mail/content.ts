import libmime from 'libmime'
import type { HeaderBlock } from './header-block.ts'

/** What the MIME headers of a message or part say of its body. */
export interface Content {
  /** Lower case. */
  readonly type: string
  /** Words to be read, not a file to be listed. */
  readonly isText: boolean
  /** Lower case; empty where there is none. */
  readonly encoding: string
  readonly charset?: string
  /** RFC 3676: wrapped lines end in a space, which `delsp` takes away. */
  readonly flowed?: 'yes' | 'delsp'
  /** Printable ASCII, where the part is a multipart that names one. */
  readonly boundary?: string
  readonly filename?: string
}

type Parsed = ReturnType<typeof libmime.parseHeaderValue>

/** The same few values stand in most messages. */
const SEEN_AT_MOST = 500
const seen = new Map<string, Parsed>()
const TEXTS = new Set(['text/plain', 'text/html', 'message/delivery-status'])

/**
 * Reads Content-Type, -Disposition and -Transfer-Encoding; undefined for what is not well formed. Without a type
 * a part is `byDefault`: text, but a message in a digest (RFC 2046, 5.1.5).
 */
export function contentOf(headers: HeaderBlock, byDefault = 'text/plain'): Content | undefined {
  const stated = headers.first('content-type')
  const placed = headers.first('content-disposition')
  if (stated === undefined && placed !== undefined) return undefined
  const { value, params, decodedParams } = parsed(stated ?? byDefault)
  const type = value.toLowerCase().trim()
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) return undefined

  const disposition = placed === undefined ? undefined : parsed(placed)
  const filename = fileNameOf(disposition, { value, params, decodedParams })
  const isInline = disposition === undefined || /^(?:inline)?$/i.test(disposition.value.trim())
  const { charset, boundary, format } = params
  return {
    type,
    isText: isInline && TEXTS.has(type),
    encoding: encodingOf(headers.first('content-transfer-encoding')),
    ...(charset && { charset }),
    ...(type === 'text/plain' &&
      format?.toLowerCase().trim() === 'flowed' && { flowed: flowOf(params['delsp']) }),
    ...(boundary && /^[ -~]*[!-~]$/.test(boundary.trimEnd()) && { boundary: boundary.trimEnd() }),
    ...(filename && { filename }),
  }
}

function parsed(value: string): Parsed {
  const known = seen.get(value)
  if (known) return known
  const read = libmime.parseHeaderValue(value, { stripComments: true })
  if (seen.size >= SEEN_AT_MOST) seen.clear()
  seen.set(value, read)
  return read
}

function encodingOf(value = ''): string {
  return value
    .slice(0, 200)
    .replace(/\(.*\)/, '')
    .toLowerCase()
    .trim()
}

function flowOf(delsp = ''): 'yes' | 'delsp' {
  return delsp.toLowerCase().trim() === 'yes' ? 'delsp' : 'yes'
}

/** A name in the form of RFC 2231 is decoded already; others hold encoded words, against RFC 2047 but everywhere. */
function fileNameOf(disposition: Parsed | undefined, type: Parsed): string | undefined {
  const placed = disposition?.params['filename']
  const name = placed || type.params['name']
  if (!name) return undefined
  const isDecoded = placed
    ? disposition?.decodedParams.includes('filename')
    : type.decodedParams.includes('name')
  return isDecoded ? name : libmime.decodeWords(name)
}
