import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** No payload unpacks to more than this, whatever its header says. */
const LARGEST = 64 * 1024 * 1024

/**
 * A payload as it is stored: one zstd frame (RFC 8878). Packed here because the embedded Postgres has only pglz,
 * which is several times slower for less.
 */
export function pack(raw: Uint8Array): Buffer {
  return zstdCompressSync(raw, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

/** The payload as the source sent it. */
export function unpack(packed: Uint8Array): Buffer {
  return zstdDecompressSync(packed, { maxOutputLength: LARGEST })
}
