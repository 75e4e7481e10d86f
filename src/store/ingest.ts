import type { Database } from '../database/sql.ts'
import type { Ingester, Progress, Sighting } from '../ingest/ingester.ts'
import { readCursor } from './cursor.ts'
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
const MOST_ITEMS = 500
const MOST_BYTES = 8 * 1024 * 1024
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
  const writer = new Writer(database, run)
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
  return writer.tally
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
        next = source.next()
      }
    }
  } catch (error) {
    await source.return?.()
    throw error
  }
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

/** Collects a batch while the batch before it is being written; one batch at a time is on its way. */
class Writer {
  tally: Tally = NOTHING
  #batch: Sighting[] = []
  #bytes = 0
  #startedMs = 0
  #underWay: Promise<void> = Promise.resolve()
  readonly #database: Database
  readonly #run: IngestOptions

  constructor(database: Database, run: IngestOptions) {
    this.#database = database
    this.#run = run
  }

  get isEmpty(): boolean {
    return this.#batch.length === 0
  }

  get dueInMs(): number {
    return this.#startedMs + OLDEST_MS - performance.now()
  }

  async add(sighting: Sighting): Promise<void> {
    if (this.isEmpty) this.#startedMs = performance.now()
    this.#batch.push(sighting)
    this.#bytes += sizeOf(sighting)
    if (this.#batch.length >= MOST_ITEMS || this.#bytes >= MOST_BYTES) await this.flush()
  }

  /** Waits for the batch before this one, then starts writing this one. */
  async flush(): Promise<void> {
    await this.#underWay
    const sightings = this.#batch
    this.#batch = []
    this.#bytes = 0
    if (sightings.length === 0) return
    this.#underWay = this.#write(sightings)
    // Awaited at the next flush; until then a failure must not count as unhandled.
    this.#underWay.catch(() => undefined)
  }

  async finish(): Promise<void> {
    await this.flush()
    await this.#underWay
  }

  async #write(sightings: readonly Sighting[]): Promise<void> {
    const { source, now, stored } = this.#run
    this.tally = plus(this.tally, await store(this.#database, { source, sightings, now: now() }))
    stored?.(this.tally)
  }
}

function sizeOf({ found }: Sighting): number {
  if (!found || !('raw' in found)) return 0
  return found.raw?.byteLength ?? 0
}
