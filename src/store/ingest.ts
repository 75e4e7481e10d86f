import type { Database } from '../database/sql.ts'
import type { Ingester, Progress } from '../ingest/ingester.ts'
import type { Tally } from './tally.ts'
import { NOTHING } from './tally.ts'

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

/**
 * Reads a source to its end (or to the abort) and stores what it yields, batch by batch, reading on while a batch
 * is being written. Resolves to the whole run's tally; throws what the source or the database threw, with every
 * committed batch kept.
 */
export function ingest<Options>(
  _database: Database,
  _ingester: Ingester<Options>,
  _options: Options,
  _run: IngestOptions,
): Promise<Tally> {
  return Promise.resolve(NOTHING)
}
