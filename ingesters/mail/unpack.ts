import { createReadStream } from 'node:fs'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import xz from 'xz-decompress'

const CHUNK = 256 * 1024

/** How a file is packed. */
export type Packing = 'plain' | 'gz' | 'xz'

/** The bytes of a file from one offset on, unpacked. */
export interface Unpacked {
  readonly chunks: AsyncIterable<Buffer>
  /** How far the file itself has been read, in bytes. */
  readonly done: () => number
  /** Why a packed file ended too early; known once `chunks` ran dry. */
  readonly broken: () => string | undefined
}

/** Tells by the first bytes of a file how it is packed (RFC 1952; the .xz file format 1.2, 2.1.1.1). */
export function packingOf(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gz'
  if (Buffer.from(head.subarray(0, 6)).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]))) return 'xz'
  return 'plain'
}

/**
 * Opens a file at `from`, an offset in its unpacked bytes: a packed file is unpacked from its start and the
 * bytes before that are dropped. What the unpacker complains of ends the bytes and is told by `broken`;
 * what the operating system complains of is thrown. An abort ends the bytes too.
 */
export function unpacked(path: string, packing: Packing, from: number, signal: AbortSignal): Unpacked {
  const start = packing === 'plain' ? from : 0
  const file = createReadStream(path, { start, highWaterMark: CHUNK })
  const done = () => start + file.bytesRead
  if (packing === 'plain') return { chunks: file, done, broken: () => undefined }

  let complaint: string | undefined
  const stream = packing === 'gz' ? gunzipped(file) : unxzed(file)
  const chunks = skipped(stream, from, signal, (error) => {
    complaint = `${packing}: ${error.message}`
  })
  return { chunks, done, broken: () => complaint }
}

function gunzipped(file: Readable): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK })
  pipeline(file, gunzip, () => undefined)
  return gunzip
}

/** Its types name the web's stream where Node wants its own of the same shape. */
async function* unxzed(file: Readable): AsyncGenerator<Uint8Array> {
  const reader = new xz.XzReadableStream(Readable.toWeb(file)).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* skipped(
  stream: AsyncIterable<Uint8Array>,
  from: number,
  signal: AbortSignal,
  onBroken: (error: Error) => void,
): AsyncGenerator<Buffer> {
  let skip = from
  try {
    for await (const chunk of stream) {
      if (signal.aborted) return
      if (skip < chunk.length) yield Buffer.from(chunk.buffer, chunk.byteOffset + skip, chunk.length - skip)
      skip = Math.max(0, skip - chunk.length)
    }
  } catch (error) {
    if (!(error instanceof Error) || 'syscall' in error) throw error
    onBroken(error)
  }
}
