import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '../../src/database/connect.ts'
import { stopEmbedded } from '../../src/database/embedded.ts'
import { openDatabase } from '../../src/database/open.ts'
import type { Database } from '../../src/database/sql.ts'
import { type Figure, median } from './figure.ts'
import { fill } from './million.ts'
import { type Kind, queryKinds } from './query-kinds.ts'

const SKRODE = fileURLToPath(new URL('../../dist/skrode.js', import.meta.url))
const MILLION = 1_000_000
/** How many processes of each kind, each beside an empty one. */
const PROCESSES = 20

/**
 * Measures `whois` and `search` over a million accounts and a million posts, in a database made for it (some minutes
 * and 6 GB) or in one that an earlier run of `fill` has made: `SKRODE_BENCH_DATABASE_URL`.
 */
export async function measureQueries({ runs }: { readonly runs: number }) {
  const url = process.env['SKRODE_BENCH_DATABASE_URL']
  if (url) {
    await using database = connect({ connectionString: url })
    return await measure(database, { SKRODE_DATABASE_URL: url }, runs)
  }
  const home = mkdtempSync(join(tmpdir(), 'skrode-bench-'))
  // Where root runs this, the server runs as somebody else.
  chmodSync(home, 0o755)
  try {
    await using database = await openDatabase({ kind: 'embedded', home })
    await fill(database, { accounts: MILLION, posts: MILLION, seed: 7 })
    return await measure(database, { SKRODE_HOME: home, SKRODE_DATABASE_URL: '' }, runs)
  } finally {
    await stopEmbedded(home)
    rmSync(home, { recursive: true, force: true })
  }
}

async function measure(database: Database, env: NodeJS.ProcessEnv, runs: number) {
  const kinds = await queryKinds(database)
  const figures: Figure[] = []
  for (const kind of kinds) figures.push(await queried(database, kind, runs))
  for (const kind of kinds) figures.push(processed(kind, { ...process.env, ...env }))
  const [row] = await database.query<{ server_version: string }>('show server_version')
  return { figures, postgres: row?.server_version ?? 'unknown' }
}

/** Every question `runs` times over; none comes twice in a row. */
async function queried(database: Database, kind: Kind, runs: number): Promise<Figure> {
  const tookMs: number[] = []
  for (let run = 0; run < runs; run++) {
    for (const question of kind.questions) {
      const beganMs = performance.now()
      await kind.ask(database, question)
      tookMs.push(performance.now() - beganMs)
    }
  }
  const sorted = tookMs.toSorted((a, b) => a - b)
  return {
    name: `${kind.name}: 95th percentile`,
    value: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    unit: 'ms',
    goal: { of: 'value', bound: 'at most', than: kind.withinMs },
    note: `median ${median(tookMs).toFixed(1)} ms of ${tookMs.length}`,
  }
}

/** Whole processes, each followed by one of Node that does nothing. */
function processed({ name, words, questions }: Kind, env: NodeJS.ProcessEnv): Figure {
  const oursMs: number[] = []
  const emptyMs: number[] = []
  for (let run = 0; run < PROCESSES; run++) {
    oursMs.push(processMs([SKRODE, ...words, questions[run % questions.length] ?? ''], env))
    emptyMs.push(processMs(['--eval', '0'], env))
  }
  const [value, floor] = [median(oursMs), median(emptyMs)]
  return {
    name: `${name}: whole process`,
    value,
    unit: 'ms',
    peer: { name: 'an empty Node process', value: floor },
    ratio: value / floor,
    goal: { of: 'ratio', bound: 'at most', than: 4 },
  }
}

/** Exit code 3 says that nothing matched, which is an answer. */
function processMs(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const beganMs = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  const tookMs = performance.now() - beganMs
  if (status !== 0 && status !== 3) throw new Error(`skrode ${args.join(' ')} failed: ${stderr}`)
  return tookMs
}
