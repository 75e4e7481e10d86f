import { readFile as readWithCallback, stat as statWithCallback } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { UnreadableItem } from '../../src/errors.ts'
import type { IngestRun, Sighting } from '../../src/ingest/ingester.ts'
import { listingOf } from './folder-listing.ts'
import { folderCursor, type Letter, type Step, stepsThrough } from './letter-cursor.ts'
import { messageOf, readMailFile } from './mail-file.ts'
import { cutsOf, isMbox } from './mbox-split.ts'
import { postOf, unreadable } from './post.ts'

/** How many letters are opened before their turn; the disk is waited for once, not for each. */
const READ_AHEAD = 16
const LARGEST = 32 * 1024 * 1024

/** For many small files these take half the time of their like in `node:fs/promises`. */
const readFile = promisify(readWithCallback)
const statOf = promisify(statWithCallback)

type Opened = { readonly bytes: Buffer } | { readonly failure: Error }

/**
 * Reads a mail file, or a folder with everything below it. Throws what the operating system says of the place
 * itself; what cannot be opened below it is set aside.
 */
export async function* readPlace(path: string, run: IngestRun): AsyncGenerator<Sighting> {
  if ((await stat(path)).isFile()) return yield* readMailFile(path, run)
  const { letters, files, folders } = await listingOf(path)
  yield* readLetters(path, letters, run)
  for (const place of [...files, ...folders]) {
    if (run.signal.aborted) return
    yield* orSetAside(place, readPlace(place, run))
  }
}

async function* orSetAside(place: string, reading: AsyncIterable<Sighting>): AsyncGenerator<Sighting> {
  try {
    yield* reading
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    yield { found: new UnreadableItem(failureOf(error), place) }
  }
}

/** Reads the letters of one folder that its cursor does not know yet. */
async function* readLetters(
  folder: string,
  letters: readonly Letter[],
  run: IngestRun,
): AsyncGenerator<Sighting> {
  const cursor = folderCursor()
  const steps = stepsThrough(letters, await run.cursor(folder))
  let done = 0
  for await (const [step, opened] of opening(steps)) {
    if (run.signal.aborted) return
    if ('passed' in step) cursor.pass(step.passed)
    else {
      run.progress({ what: basename(folder), done: ++done, total: letters.length, unit: 'items' })
      yield* sightingsOf(step.letter, opened, run, () => {
        cursor.add(step.letter)
        return { stream: folder, value: cursor.value(step.known) }
      })
    }
  }
}

/** One letter is one message; a file that holds several all the same gives each, and the cursor with the last. */
async function* sightingsOf(
  { cameAt, path }: Letter,
  opened: Opened,
  run: IngestRun,
  upTo: () => Required<Sighting>['upTo'],
): AsyncGenerator<Sighting> {
  if ('failure' in opened) {
    if (codeOf(opened.failure) !== 'ENOENT')
      yield { found: new UnreadableItem(failureOf(opened.failure), path) }
    return
  }
  if (opened.bytes.length === 0) {
    yield { found: unreadable('is empty', opened.bytes), upTo: upTo() }
  } else if (isMbox(opened.bytes)) {
    for await (const cuts of cutsOf(Readable.from([opened.bytes]), 0)) {
      for (const cut of cuts) {
        const found = await postOf({ ...(cameAt && { cameAt }), ...messageOf(cut) }, run.now())
        yield cut.isLast ? { found, upTo: upTo() } : { found }
      }
    }
  } else {
    yield { found: await postOf({ bytes: opened.bytes, ...(cameAt && { cameAt }) }, run.now()), upTo: upTo() }
  }
}

function failureOf(failure: Error): string {
  return `wanted mail that can be opened, found ${codeOf(failure) ?? failure.message}`
}

function codeOf(failure: Error): string | undefined {
  return 'code' in failure && typeof failure.code === 'string' ? failure.code : undefined
}

/** The steps in their order, each letter opened ahead of its turn. */
async function* opening(steps: readonly Step[]): AsyncGenerator<readonly [Step, Opened]> {
  const ahead: Promise<Opened>[] = []
  for (const [at, step] of steps.entries()) {
    for (let next = at + ahead.length; next < steps.length && ahead.length < READ_AHEAD; next++) {
      ahead.push(bytesOf(steps[next]))
    }
    yield [step, (await ahead.shift()) ?? NOTHING]
  }
}

const NOTHING: Opened = { bytes: Buffer.alloc(0) }

async function bytesOf(step: Step | undefined): Promise<Opened> {
  if (!step || 'passed' in step) return NOTHING
  const { path } = step.letter
  try {
    const { size } = await statOf(path)
    return { bytes: size > LARGEST ? await beginningOf(path) : await readFile(path) }
  } catch (error) {
    if (error instanceof Error) return { failure: error }
    throw error
  }
}

async function beginningOf(path: string): Promise<Buffer> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LARGEST), 0)
  return buffer.subarray(0, bytesRead)
}
