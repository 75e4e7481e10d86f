import { separatorAfter, statedEnd } from './mbox-separator.ts'

/** One message cut out of an mbox. Offsets count the file's unpacked bytes. */
export interface Cut {
  /** Where its `From ` line begins. */
  readonly start: number
  /** Where the next one begins, or the file ends. */
  readonly end: number
  /** The `From ` line and the message; only their beginning where they are too large to be held. */
  readonly bytes: Buffer
  /** Nothing follows it: where the file is cut short, so is this message. */
  readonly isLast: boolean
}

interface Held {
  bytes: Buffer
  /** The offset of the first byte held. */
  at: number
  /** Bytes in which no separator was found. */
  searched: number
  /** The beginning of a message that is too large, whose end is still to come. */
  head: { readonly bytes: Buffer; readonly at: number } | undefined
}

/** What is held of one message; with attachments, mail servers take 25 to 50 MB at most. */
const LARGEST_MESSAGE = 32 * 1024 * 1024
/** How much must follow a possible separator to tell whether it is one. */
const LOOK_AHEAD = 2048

/**
 * The messages of a file, as many at once as a chunk of it gave: those of an mbox, or the one that a file
 * without a `From ` line is.
 */
export async function* cutsOf(chunks: AsyncIterable<Buffer>, start: number): AsyncGenerator<readonly Cut[]> {
  const rest = chunks[Symbol.asyncIterator]()
  const first = await rest.next()
  if (first.done) return
  const all = joined(first.value, rest)
  yield* start > 0 || isMbox(first.value) ? messagesOf(all, start) : wholeOf(all)
}

/** Whether a file that begins so is an mbox; some have a byte-order mark or empty lines before the first `From ` line. */
export function isMbox(head: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf)?\s*From \S/.test(Buffer.from(head.subarray(0, 100)).toString('latin1'))
}

/** Closes the rest however far it was read. */
async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** Cuts messages out of the chunks of an mbox, the first of which begins at offset `start` with a `From ` line. */
async function* messagesOf(chunks: AsyncIterable<Buffer>, start: number): AsyncGenerator<readonly Cut[]> {
  const held: Held = { bytes: Buffer.alloc(0), at: start, searched: 0, head: undefined }
  for await (const chunk of chunks) {
    held.bytes = held.bytes.length > 0 ? Buffer.concat([held.bytes, chunk]) : chunk
    yield [...takeWhole(held, false)]
    shed(held)
  }
  yield [...takeWhole(held, true), ...(held.bytes.length > 0 ? [take(held, held.bytes.length, true)] : [])]
}

function* takeWhole(held: Held, isAll: boolean): Generator<Cut> {
  for (let end = endOf(held, isAll); end > 0; end = endOf(held, isAll)) yield take(held, end, false)
}

/** The bytes of a file that holds one message and no mbox, as one cut. */
async function* wholeOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Cut[]> {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    if (size < LARGEST_MESSAGE) kept.push(chunk)
    size += chunk.length
  }
  if (size > 0) yield [{ start: 0, end: size, bytes: Buffer.concat(kept), isLast: true }]
}

/** Where the message at the beginning of what is held ends, or 0 where that cannot be told yet. */
function endOf({ bytes, searched, head }: Held, isAll: boolean): number {
  const stated = searched === 0 && !head ? statedEnd(bytes, isAll, LARGEST_MESSAGE) : 'nowhere'
  if (stated === 'further on') return 0
  if (stated !== 'nowhere') return stated
  return separatorAfter(bytes, searched, isAll ? bytes.length : bytes.length - LOOK_AHEAD)
}

function take(held: Held, end: number, isLast: boolean): Cut {
  const { at, bytes } = held.head ?? { at: held.at, bytes: held.bytes.subarray(0, end) }
  held.bytes = held.bytes.subarray(end)
  held.at += end
  held.searched = 0
  held.head = undefined
  return { start: at, end: held.at, bytes, isLast }
}

/** Remembers how far was searched, and lets go of what a message is too large for. */
function shed(held: Held): void {
  // The byte at the limit was not looked at, and the next search begins behind the last byte that was.
  held.searched = Math.max(0, held.bytes.length - LOOK_AHEAD - 1)
  if (held.bytes.length <= LARGEST_MESSAGE + LOOK_AHEAD) return
  held.head ??= { bytes: Buffer.from(held.bytes.subarray(0, LARGEST_MESSAGE)), at: held.at }
  held.at += held.searched
  held.bytes = Buffer.from(held.bytes.subarray(held.searched))
  held.searched = 0
}
