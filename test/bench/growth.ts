import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopEmbedded } from '../../src/database/embedded.ts'
import { openDatabase } from '../../src/database/open.ts'
import type { Database } from '../../src/database/sql.ts'
import { whois } from '../../src/query/whois.ts'
import { store } from '../../src/store/store.ts'
import { type Figure, median } from './figure.ts'
import { fill } from './million.ts'
import { newPosts } from './new-posts.ts'

/** Posts, with a tenth as many accounts. */
const SIZES = [30_000, 100_000, 300_000]
const FAR = 10_000_000
const BATCH = 500

/** What was measured at one size; every value grows with it, or does not. */
interface Point {
  readonly posts: number
  readonly values: Readonly<Record<string, number>>
}

const UNITS: Readonly<Record<string, string>> = {
  'database on disk': 'MB',
  'posts with their indexes': 'MB',
  'the index of words alone': 'MB',
  'audience, relations and links': 'MB',
  'storing 500 new posts': 'ms',
  'whois of a name': 'ms',
}

/** Measures three sizes and extrapolates to ten million posts, as a power of the size: value = a * posts ^ b. */
export async function measureGrowth({ runs }: { readonly runs: number }) {
  const home = mkdtempSync(join(tmpdir(), 'skrode-bench-'))
  chmodSync(home, 0o755)
  try {
    const points: Point[] = []
    let postgres = 'unknown'
    for (const posts of SIZES) {
      await using database = await openDatabase({ kind: 'embedded', home: join(home, String(posts)) })
      await fill(database, { accounts: posts / 10, posts, seed: posts })
      points.push({ posts, values: await measure(database, runs) })
      const [row] = await database.query<{ server_version: string }>('show server_version')
      postgres = row?.server_version ?? postgres
      await stopEmbedded(join(home, String(posts)))
    }
    return { figures: Object.entries(UNITS).map(([name, unit]) => grown(name, unit, points)), postgres }
  } finally {
    for (const posts of SIZES) await stopEmbedded(join(home, String(posts)))
    rmSync(home, { recursive: true, force: true })
  }
}

async function measure(database: Database, runs: number): Promise<Point['values']> {
  const megabytes = async (...relations: string[]): Promise<number> => {
    const [row] = await database.query<{ bytes: string }>(
      'select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as name',
      [relations],
    )
    return Number(row?.bytes) / 1e6
  }
  const [whole] = await database.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  )
  return {
    'database on disk': Number(whole?.bytes) / 1e6,
    'posts with their indexes': await megabytes('post'),
    'the index of words alone': await megabytes('post_search'),
    'audience, relations and links': await megabytes('audience', 'post_relation', 'post_link'),
    'storing 500 new posts': await medianMs(runs * 3, (run) => storeNew(database, run)),
    'whois of a name': await medianMs(runs * 3, () => whois(database, { pattern: 'maria' })),
  }
}

function storeNew(database: Database, run: number): Promise<unknown> {
  const sightings = newPosts(BATCH, run).map((found) => ({ found }))
  return store(database, { source: 'bench', sightings, now: new Date() })
}

async function medianMs(runs: number, work: (run: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const beganMs = performance.now()
    await work(run)
    times.push(performance.now() - beganMs)
  }
  return median(times)
}

function grown(name: string, unit: string, points: readonly Point[]): Figure {
  const measured = points.map(({ posts, values }) => ({ posts, value: values[name] ?? Number.NaN }))
  const { factor, power } = fitted(measured)
  const shown = measured.map(({ posts, value }) => `${value.toFixed(1)} at ${posts.toLocaleString('en')}`)
  return {
    name: `${name} at ${FAR.toLocaleString('en')} posts`,
    value: factor * FAR ** power,
    unit,
    note: `extrapolated, grows as posts^${power.toFixed(2)}: ${shown.join(', ')}`,
  }
}

/** Least squares on the logarithms. */
function fitted(points: readonly { posts: number; value: number }[]): { factor: number; power: number } {
  const logs = points.map(({ posts, value }) => ({ x: Math.log(posts), y: Math.log(value) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const spread = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const power = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread
  return { factor: Math.exp(meanY - power * meanX), power }
}
