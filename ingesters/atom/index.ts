import { defineIngester, type IngestRun, type Sighting } from '../../src/ingest/ingester.ts'
import { fetchSource } from './fetched.ts'
import { inParallel } from './in-parallel.ts'
import { type Options, readOptions } from './options.ts'
import { readPosition } from './position.ts'
import { sightingsOf } from './sightings.ts'
import { type Source, urlSource } from './source.ts'
import { openWeb } from './web.ts'

/** Quick for many feeds, and polite to each server. */
const AT_ONCE = { total: 8, each: 2, groupOf: hostOf }

export default defineIngester<Options>({
  about: 'feeds: RSS, Atom and JSON Feed by URL or file, and OPML lists of them',
  options: readOptions,
  read,
})

/** Reads every feed that is named, then those that a list among them names, and fails at the end if any did. */
async function* read(options: Options, run: IngestRun): AsyncGenerator<Sighting> {
  await using web = openWeb(options, run.signal)
  const failures: Error[] = []
  const met = new Set<string>()

  const fetched = async (source: Source) => {
    const before = readPosition(await run.cursor(source.stream))
    const context = { web, maxBytes: options.maxBytes, now: run.now() }
    return { before, fetched: await fetchSource(source, before, context) }
  }
  async function* readAll(sources: readonly Source[]): AsyncGenerator<Sighting, Source[]> {
    for (const { stream } of sources) met.add(stream)
    const listed: string[] = []
    let done = met.size - sources.length
    for await (const { fetched: one, before } of inParallel(sources, AT_ONCE, fetched)) {
      if (run.signal.aborted) return []
      const { stream } = one.source
      if (one.kind === 'failed')
        failures.push(new Error(`${stream}: ${one.reason.message}`, { cause: one.reason }))
      listed.push(...(yield* sightingsOf(one, before, { signal: run.signal, now: run.now() })))
      run.progress({ what: stream, done: ++done, total: met.size, unit: 'items' })
    }
    return newSources(listed, met)
  }

  const listed = yield* readAll(options.sources)
  const listedThere = yield* readAll(listed)
  if (listedThere.length > 0) failures.push(new Error('a list inside a list of feeds is not followed'))
  if (failures.length > 0 && !run.signal.aborted) throw complaint(failures, met.size)
}

function newSources(listed: readonly string[], met: ReadonlySet<string>): Source[] {
  const sources = listed.flatMap((url) => urlSource(url) ?? [])
  const fresh = sources.filter(({ stream }) => !met.has(stream))
  return [...new Map(fresh.map((source) => [source.stream, source])).values()]
}

function complaint(failures: readonly Error[], total: number): AggregateError {
  const reasons = failures.map(({ message }) => message)
  const head = total === 1 ? '' : `${failures.length} of ${total} feeds could not be read: `
  return new AggregateError(failures, head + reasons.join('; '))
}

function hostOf(source: Source): string {
  return source.kind === 'url' ? new URL(source.url).host : 'this machine'
}
