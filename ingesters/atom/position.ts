import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Entry } from './feed.ts'

const Text = z.string().optional()

const Shape = z.object({
  etag: Text,
  lastModified: Text,
  /** Of the whole document, as it last arrived. */
  digest: Text,
  /** Where the feed has moved for good. */
  movedTo: Text,
  /** The server asked to be left alone until then, as an ISO 8601 date. */
  notBefore: Text,
  /** The document is a list of feeds: its server is always asked for all of it, as the list is needed each time. */
  isList: z.boolean().optional(),
  /** Digests of the entries that were yielded before, those of the latest reading first. */
  seen: z.array(z.string()).optional(),
})

/** What is kept of a feed between two readings: the value of its cursor. */
export type Position = Readonly<z.infer<typeof Shape>>

/** About 12 kB in the cursor; what a feed holds beyond it is yielded again when the feed changes. */
const MOST_SEEN = 1000

/** The position that a cursor holds; an empty one for none and for one that cannot be read. */
export function readPosition(value: string | undefined): Position {
  try {
    const read = Shape.safeParse(JSON.parse(value ?? '{}'))
    return read.success ? read.data : {}
  } catch {
    return {}
  }
}

/** The value of a cursor. */
export function writePosition(position: Position): string {
  return JSON.stringify(Shape.parse(position))
}

/** What tells a document or an entry from every other: 8 bytes for the few of one feed, 16 for a whole document. */
export function digestOf(content: Uint8Array | string, bytes: 8 | 16): string {
  return createHash('sha256').update(content).digest().subarray(0, bytes).toString('base64url')
}

/** The digest of an entry: over what is read from it, so that a counter in it does not make it new. */
export function entryDigest(entry: Entry): string {
  return digestOf(JSON.stringify({ ...entry, raw: undefined }), 8)
}

/** The digests to keep after a reading that found `present` in the feed. */
export function seenAfter(present: readonly string[], before: readonly string[] = []): string[] {
  return [...new Set([...present.slice(0, MOST_SEEN), ...before])].slice(0, MOST_SEEN)
}
