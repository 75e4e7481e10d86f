import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'
import { thisMachine } from './machine.ts'
import { keep, tableOf } from './report.ts'

/** What a part of the bench hands back. */
interface Measured {
  readonly figures: readonly Figure[]
  /** The version of the server that was measured. */
  readonly postgres: string
}

type Part = (options: { readonly runs: number }) => Promise<Measured>

/** Each is loaded when it is run: `npm run bench -- ingest`. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  ingest: async () => (await import('./ingest.ts')).measureIngest,
  queries: async () => (await import('./queries.ts')).measureQueries,
  growth: async () => (await import('./growth.ts')).measureGrowth,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: expected 1 or more, found ${values.runs}`)

for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const load = PARTS[part]
  if (!load) throw new Error(`expected ${Object.keys(PARTS).join(', ')}, found ${part}`)

  const measure = await load()
  const { figures, postgres } = await measure({ runs })
  process.stdout.write(`\n${part}\n${tableOf(figures).join('\n')}\n`)
  keep({ part, date: new Date().toISOString().slice(0, 10), machine: thisMachine(postgres), figures })
}
