import { setImmediate } from 'node:timers/promises'
import type { Database } from '../database/sql.ts'
import type { Ingester, Progress, Sighting } from '../ingest/ingester.ts'
import { readCursor } from './cursor.ts'
import type { Prepare } from './content.ts'
import { openPreparer } from './preparer.ts'
import { store } from './store.ts'
import type { Tally } from './tally.ts'
import { NOTHING, plus } from './tally.ts'

/** What a run of an ingester needs besides the ingester and its options. */
export interface IngestOptions {
  /** The ingester's name. */
  readonly source: string
  readonly signal: AbortSignal
  readonly now: () => Date
  /** Called after every commit with all that this run has stored so far. */
  readonly stored?: (tally: Tally) => void
  readonly progress?: (report: Progress) => void
}

/** A batch is written when it holds this many items, or this many bytes of payload, or is this old. */
const MOST_ITEMS = 300
const MOST_BYTES = 4 * 1024 * 1024
const OLDEST_MS = 500

/**
 * Reads a source to its end (or to the abort) and stores what it yields, batch by batch, reading on while a batch
 * is being written. Resolves to the whole run's tally; throws what the source or the database threw, with every
 * committed batch kept.
 */
export async function ingest<Options>(
  database: Database,
  ingester: Ingester<Options>,
  options: Options,
  run: IngestOptions,
): Promise<Tally> {
  const { source, signal, now } = run
  await using preparer = openPreparer()
  const writer = new Writer(database, run, preparer.prepare)
  const sightings = ingester.read(options, {
    signal,
    now,
    cursor: (stream) => readCursor(database, source, stream),
    progress: (report) => run.progress?.(report),
  })
  try {
    await readInto(writer, sightings[Symbol.asyncIterator]())
  } finally {
    await writer.finish()
  }
  await settleIndex(database, writer.tally)
  return writer.tally
}

/** Fewer new posts than this are left in the search index's pending list, where they are found as well. */
const WORTH_SETTLING = 1000

/** Moves what a long read left in the pending list of the search index to its place, which every search would pay for. */
async function settleIndex(database: Database, { stored, updated }: Tally): Promise<void> {
  if (stored + updated >= WORTH_SETTLING) await database.query(`select gin_clean_pending_list('post_search')`)
}

/** Hands over sightings; while the source is silent, what it gave is written after half a second. */
async function readInto(writer: Writer, source: AsyncIterator<Sighting>): Promise<void> {
  let next = source.next()
  try {
    for (;;) {
      const answer = writer.isEmpty ? await next : await within(next, writer.dueInMs)
      if (answer === LATE) {
        await writer.flush()
      } else if (answer.done) {
        return
      } else {
        await writer.add(answer.value)
        await letOthersRun()
        next = source.next()
      }
    }
  } catch (error) {
    await source.return?.()
    throw error
  }
}

/** A reader that never waits would keep the answers of the database waiting, and the database idle. */
const LONGEST_TURN_MS = 1
let turnBeganMs = 0

async function letOthersRun(): Promise<void> {
  if (performance.now() - turnBeganMs < LONGEST_TURN_MS) return
  await setImmediate()
  turnBeganMs = performance.now()
}

const LATE = Symbol('late')

async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), Math.max(0, ms))
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Collects a batch while the one before it is made ready and the one before that is written. */
class Writer {
  tally: Tally = NOTHING
  #batch: Sighting[] = []
  #bytes = 0
  #startedMs = 0
  #beforeLast: Promise<void> = Promise.resolve()
  #last: Promise<void> = Promise.resolve()
  readonly #database: Database
  readonly #run: IngestOptions
  readonly #prepare: Prepare

  constructor(database: Database, run: IngestOptions, prepare: Prepare) {
    this.#database = database
    this.#run = run
    this.#prepare = prepare
  }

  get isEmpty(): boolean {
    return this.#batch.length === 0
  }

  get dueInMs(): number {
    return this.#startedMs + OLDEST_MS - performance.now()
  }

  /** A full batch goes when the next sighting comes, so that it is known to be followed. */
  async add(sighting: Sighting): Promise<void> {
    if (this.#batch.length >= MOST_ITEMS || this.#bytes >= MOST_BYTES) await this.#send(true)
    if (this.isEmpty) this.#startedMs = performance.now()
    this.#batch.push(sighting)
    this.#bytes += sizeOf(sighting)
  }

  /** Sends what there is; its commit waits for the disk, and with it everything before it is there. */
  async flush(): Promise<void> {
    await this.#send(false)
  }

  async finish(): Promise<void> {
    await this.flush()
    await this.#last
  }

  /** Waits until at most one batch is on its way, then sends this one after it. */
  async #send(isFollowed: boolean): Promise<void> {
    await this.#beforeLast
    const sightings = this.#batch
    this.#batch = []
    this.#bytes = 0
    if (sightings.length === 0) return
    this.#beforeLast = this.#last
    this.#last = this.#write(sightings, this.#last, isFollowed)
    // Awaited two batches later; until then a failure must not count as unhandled.
    this.#last.catch(() => undefined)
  }

  async #write(sightings: readonly Sighting[], after: Promise<void>, isFollowed: boolean): Promise<void> {
    const { source, now, stored } = this.#run
    const batch = { source, sightings, now: now() }
    const written = await store(this.#database, batch, { prepare: this.#prepare, after, isFollowed })
    this.tally = plus(this.tally, written)
    stored?.(this.tally)
  }
}

function sizeOf({ found }: Sighting): number {
  if (!found || !('raw' in found)) return 0
  return found.raw?.byteLength ?? 0
}
