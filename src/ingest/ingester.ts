import type { UnreadableItem } from '../errors.ts'
import type { Observation } from '../record/observation.ts'

/**
 * A source. One file in `ingesters/` (or a folder with an `index.ts`) whose default export is one of these;
 * the file's name is the ingester's name.
 */
export interface Ingester<Options> {
  /** One line for `skrode ingest --help`. */
  readonly about: string
  /**
   * Checks this source's block of the config file, or what the command line gave (`what` holds the words after
   * `skrode ingest <name>`). `where` names the block in complaints. Throws `ConfigError`.
   */
  options(block: Readonly<Record<string, unknown>>, where: string): Options
  /**
   * Reads the source on from its cursors. Ends when a batch source runs dry; a streaming one ends only when
   * `run.signal` aborts. Yields an `UnreadableItem` for a bad item and goes on; throws only when the source
   * itself cannot be read. Within a second of an abort it stops yielding and returns.
   */
  read(options: Options, run: IngestRun): AsyncIterable<Sighting>
  /**
   * Reads again, for `skrode set-aside retry`, the raw bytes of an `UnreadableItem` that this ingester has yielded,
   * an earlier version of it maybe. Absent where an item cannot be read without what stood around it.
   */
  reread?(raw: Uint8Array): Observation | UnreadableItem | Promise<Observation | UnreadableItem>
}

/** What an ingester is given besides its options. */
export interface IngestRun {
  readonly signal: AbortSignal
  readonly now: () => Date
  /** The value that the last committed `Sighting.upTo` of this stream held, or undefined at the first time. */
  cursor(stream: string): Promise<string | undefined>
  /** Called freely; drawn at most a few times a second. */
  progress(report: Progress): void
}

/** How far a long read has come, for a person who waits. */
export interface Progress {
  /** What is being read: a file name, a feed URL. */
  readonly what: string
  readonly done: number
  /** Absent where nobody knows. */
  readonly total?: number
  readonly unit: 'bytes' | 'items'
}

/** One item of a source, or a step of its cursor, or both. */
export interface Sighting {
  readonly found?: Observation | UnreadableItem
  /**
   * Where to go on once `found` is stored; it commits in the same transaction. `stream` names what has a
   * position of its own (a file, a feed); `value` is the ingester's own business.
   */
  readonly upTo?: { readonly stream: string; readonly value: string }
}

/** Gives a plugin file its types; what it is given it returns. */
export function defineIngester<Options>(ingester: Ingester<Options>): Ingester<Options> {
  return ingester
}
