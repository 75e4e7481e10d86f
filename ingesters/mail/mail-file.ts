import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { IngestRun, Sighting } from '../../src/ingest/ingester.ts'
import { mailDate } from './mail-date.ts'
import { type FileCursor, type FileMark, SUMMED, type Sum, readCursor, sum } from './mbox-cursor.ts'
import { envelopeOf } from './mbox-separator.ts'
import { type Cut, cutsOf } from './mbox-split.ts'
import { postOf, unreadable } from './post.ts'
import { type Packing, packingOf, unpacked } from './unpack.ts'

/**
 * Reads a file that holds an mbox or one message, packed or not, on from where it was read to. A file that
 * did not change costs three short reads. One that grew is read on; one that was cut or rewritten is read
 * from the start, and so is a packed one that changed.
 */
export async function* readMailFile(path: string, run: IngestRun): AsyncGenerator<Sighting> {
  const cursor = readCursor(await run.cursor(path))
  const { mark, packing, start } = await look(path, cursor)
  if (start === undefined) return

  const file = unpacked(path, packing, start, run.signal)
  const upTo = (state: Pick<FileCursor, 'at' | 'last' | 'tail' | 'ended'>) => ({
    stream: path,
    value: JSON.stringify({ ...mark, ...state }),
  })
  let state = { at: start, last: start, tail: sum(Buffer.alloc(0)), ended: false }
  for await (const cuts of cutsOf(file.chunks, start)) {
    if (run.signal.aborted) return
    run.progress({ what: basename(path), done: file.done(), total: mark.size, unit: 'bytes' })
    for (const cut of cuts) {
      if (run.signal.aborted) return
      state = { at: cut.end, last: cut.start, tail: tailOf(cut), ended: cut.isLast }
      const broken = cut.isLast ? file.broken() : undefined
      const found = broken
        ? unreadable(`is cut off (${broken})`, cut.bytes)
        : await postOf(messageOf(cut), run.now())
      yield { found, upTo: upTo(state) }
    }
  }
  if (!state.ended && !run.signal.aborted) yield { upTo: upTo({ ...state, ended: true }) }
}

/** Where to go on in a file; `start` is undefined where there is nothing new in it. */
async function look(path: string, cursor: FileCursor | undefined) {
  await using file = await open(path)
  const { size, mtimeMs: modifiedMs, ino: inode } = await file.stat()
  const head = await bytesAt(file, 0, SUMMED)
  const mark: FileMark = { size, modifiedMs, inode, head: sum(head) }
  const packing = packingOf(head)
  const isKnown = cursor !== undefined && isSame(sum(head.subarray(0, cursor.head.bytes)), cursor.head)
  const start = isKnown ? await whereToGoOn(file, mark, packing, cursor) : 0
  return { mark, packing, start }
}

async function whereToGoOn(file: FileHandle, mark: FileMark, packing: Packing, cursor: FileCursor) {
  const { at, last, tail, ended } = cursor
  const isUntouched =
    mark.size === cursor.size && mark.modifiedMs === cursor.modifiedMs && mark.inode === cursor.inode
  if (packing !== 'plain') return isUntouched ? (ended ? undefined : at) : 0

  const before = await bytesAt(file, at - tail.bytes, tail.bytes)
  if (!isSame(sum(before), tail)) return 0
  if (isUntouched) return ended ? undefined : at
  if (mark.size <= cursor.size) return 0
  return (await startsMessage(file, at)) ? at : last
}

/** The last message may have been in the middle of being written when it was read; then it is read again. */
async function startsMessage(file: FileHandle, at: number): Promise<boolean> {
  return envelopeOf(await bytesAt(file, at, 8)) !== ''
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, position))
  return buffer.subarray(0, bytesRead)
}

function isSame(one: Sum, other: Sum): boolean {
  return one.bytes === other.bytes && one.crc === other.crc
}

/** The end of what was read; of a message too large to be held, nothing. */
function tailOf({ start, end, bytes }: Cut): Sum {
  return sum(bytes.length === end - start ? bytes.subarray(-SUMMED) : bytes.subarray(0, 0))
}

/** The message of a cut, without what the mbox put around it. */
export function messageOf({ bytes }: Cut) {
  const envelope = envelopeOf(bytes)
  if (envelope === '') return { bytes }
  return { bytes: withoutQuoting(bytes, envelope), cameAt: () => mailDate(envelope) }
}

/** Below the `From ` line, without the empty line that parts it from the next, one `>` taken off each `>From ` (mboxrd). */
function withoutQuoting(bytes: Buffer, envelope: string): Buffer {
  const start = bytes.indexOf(0x0a, bytes.indexOf('From ') + envelope.length) + 1 || bytes.length
  const hasBlankLine = /\n\r?\n$/.test(bytes.toString('latin1', Math.max(start, bytes.length - 3)))
  const message = bytes.subarray(
    start,
    hasBlankLine ? bytes.lastIndexOf(0x0a, bytes.length - 2) + 1 : bytes.length,
  )
  if (!message.includes('From ') || !message.includes('>From ')) return message
  return Buffer.from(message.toString('latin1').replace(/^>(?=>*From )/gm, ''), 'latin1')
}
