import type { UnreadableItem } from '../../src/errors.ts'
import type { Ingester, Sighting } from '../../src/ingest/ingester.ts'
import type { Observation } from '../../src/record/observation.ts'

/** Where each stream of a source stands. */
export type Cursors = ReadonlyMap<string, string>

/** What a read gave, as a store that commits every sighting by itself would have it. */
export interface Reading {
  readonly found: readonly (Observation | UnreadableItem)[]
  readonly cursors: Cursors
}

/** How to read: on from which cursors, and what to do after each sighting (`stop` to leave off there). */
export interface ReadOptions {
  readonly from?: Cursors
  readonly signal?: AbortSignal
  readonly after?: (sighting: Sighting, count: number) => 'stop' | undefined
}

/** Runs an ingester over an options block as the store would. */
export async function read(
  ingester: Ingester<unknown>,
  block: Readonly<Record<string, unknown>>,
  { from = new Map(), signal = new AbortController().signal, after }: ReadOptions = {},
): Promise<Reading> {
  const found: (Observation | UnreadableItem)[] = []
  const cursors = new Map(from)
  const run = {
    signal,
    now: () => new Date('2026-01-01T00:00:00Z'),
    cursor: async (stream: string) => cursors.get(stream),
    progress: () => undefined,
  }
  for await (const sighting of ingester.read(ingester.options(block, 'sample'), run)) {
    if (sighting.found) found.push(sighting.found)
    if (sighting.upTo) cursors.set(sighting.upTo.stream, sighting.upTo.value)
    if (after?.(sighting, found.length) === 'stop') break
  }
  return { found, cursors }
}
