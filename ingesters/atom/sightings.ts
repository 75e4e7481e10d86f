import { setImmediate as pause } from 'node:timers/promises'
import { UnreadableItem } from '../../src/errors.ts'
import type { Observation } from '../../src/record/observation.ts'
import type { Sighting } from '../../src/ingest/ingester.ts'
import { readDocument } from './document.ts'
import type { Entry, Feed } from './feed.ts'
import type { Fetched } from './fetched.ts'
import { digestOf, entryDigest, type Position, seenAfter, writePosition } from './position.ts'
import { postsOf } from './post.ts'

type Found = Observation | UnreadableItem

/** Converting an entry may take milliseconds; others get their turn, and a signal its chance, after this many. */
const AT_A_STRETCH = 20

/**
 * What a source has that is new since `before`, with the new position behind the last of it, so that a reader who
 * crashes in between reads it again. Returns the feeds that it names where it is a list of them.
 */
export async function* sightingsOf(
  fetched: Fetched,
  before: Position,
  { signal, now }: { readonly signal: AbortSignal; readonly now: Date },
): AsyncGenerator<Sighting, string[]> {
  const { source, position } = fetched
  const stepTo = (next: Position, found: Iterable<Found> = []) =>
    closing(found, { stream: source.stream, value: writePosition(next) }, writePosition(before), signal)
  if (fetched.kind !== 'document' || (fetched.isSame && !before.isList)) {
    yield* stepTo(position)
    return []
  }

  const document = await readDocument(fetched.received, now)
  if (document instanceof UnreadableItem) {
    yield* stepTo(position, [document])
    return []
  }
  if (document.kind === 'list') {
    const bad = document.feeds.filter((feed) => feed instanceof UnreadableItem)
    yield* stepTo({ ...position, isList: true }, fetched.isSame ? [] : bad)
    return document.feeds.filter((feed) => typeof feed === 'string')
  }
  const marked = document.feed.entries.map((entry) => ({ entry, digest: digestFor(entry) }))
  const seen = seenAfter(
    marked.map(({ digest }) => digest),
    before.seen,
  )
  const known = new Set(before.seen)
  const fresh = marked.filter(({ digest }) => !known.has(digest)).map(({ entry }) => entry)
  yield* stepTo({ ...position, seen }, mapped(fresh, source.key, document.feed, now))
  return []
}

function* mapped(
  entries: readonly (Entry | UnreadableItem)[],
  key: string,
  feed: Feed,
  now: Date,
): Generator<Found> {
  const toPost = postsOf(key, feed, now)
  for (const entry of entries) yield entry instanceof UnreadableItem ? entry : toPost(entry)
}

function digestFor(entry: Entry | UnreadableItem): string {
  return entry instanceof UnreadableItem ? digestOf(entry.raw, 8) : entryDigest(entry)
}

/** Everything found, the last with the position; the position alone where nothing is found and it changed. */
async function* closing(
  found: Iterable<Found>,
  upTo: Required<Sighting>['upTo'],
  before: string,
  signal: AbortSignal,
): AsyncGenerator<Sighting> {
  let last: Found | undefined
  let count = 0
  for (const next of found) {
    if (last) yield { found: last }
    last = next
    if (++count % AT_A_STRETCH === 0) await pause()
    if (signal.aborted) return
  }
  if (last) yield { found: last, upTo }
  else if (upTo.value !== before) yield { upTo }
}
