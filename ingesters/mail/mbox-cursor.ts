import { crc32 } from 'node:zlib'
import { z } from 'zod'

const schema = z.object({
  size: z.number(),
  modifiedMs: z.number(),
  inode: z.number(),
  /** CRC-32 of the first KiB, or of the whole file where it was shorter. */
  head: z.object({ bytes: z.number(), crc: z.number() }),
  /** Where to go on; this and `last` count unpacked bytes. */
  at: z.number().int().nonnegative(),
  /** Where the last message began. */
  last: z.number().int().nonnegative(),
  /** CRC-32 of up to 1 KiB before `at`. */
  tail: z.object({ bytes: z.number(), crc: z.number() }),
  /** The file was read to its end. */
  ended: z.boolean(),
})

/** How far a file has been read, and what tells that it is still the same one. */
export type FileCursor = z.infer<typeof schema>

/** A short stretch of a file, by which it is known again. */
export type Sum = FileCursor['head']

/** What a file is known by before it is read. */
export type FileMark = Pick<FileCursor, 'size' | 'modifiedMs' | 'inode' | 'head'>

/** How much of the beginning and of the end of what was read is summed, in bytes. */
export const SUMMED = 1024

/** CRC-32 against accidents: a mailbox that was rewritten. Nobody gains from forging it. */
export function sum(bytes: Uint8Array): Sum {
  return { bytes: bytes.length, crc: crc32(bytes) }
}

/** Reads a cursor; undefined for one that is missing or that another version wrote, which means: from the start. */
export function readCursor(value: string | undefined): FileCursor | undefined {
  if (value === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}
