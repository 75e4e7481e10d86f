import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Figure, isMet } from './figure.ts'
import type { Machine } from './machine.ts'

/** The figures of one part of the bench, and where and when they were measured. */
export interface Result {
  readonly part: string
  readonly date: string
  readonly machine: Machine
  readonly figures: readonly Figure[]
}

const DATA = new URL('../../etc/docs/bench.json', import.meta.url)
const PAGE = new URL('../../etc/docs/performance.md', import.meta.url)
const BEGIN = '<!-- figures: written by npm run bench -->'
const END = '<!-- end of figures -->'

/** Keeps a part's figures in place of its older ones, and writes the page's table anew. */
export function keep(result: Result): void {
  const others = stored().filter(({ part }) => part !== result.part)
  const results = [...others, result].toSorted((a, b) => (a.part < b.part ? -1 : 1))
  writeFileSync(DATA, `${JSON.stringify(results, null, 2)}\n`)
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(PAGE, withFigures(page, results))
}

/** The page with its table of figures drawn from the results. */
export function withFigures(page: string, results: readonly Result[]): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin)
    throw new Error(`expected ${BEGIN} and ${END} in the page, found no such pair`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${results.map(section).join('\n')}\n${page.slice(end)}`
}

/** The figures as lines of a Markdown table, which reads well on a terminal too. */
export function tableOf(figures: readonly Figure[]): string[] {
  const rows = [['figure', 'value', 'compared with', 'ratio', 'goal', ''], ...figures.map(cells)]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const [head = '', ...lines] = rows.map(
    (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  )
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines]
}

function section({ part, date, machine, figures }: Result): string {
  const { cpu, cores, memory, kernel, node, postgres } = machine
  const where = `${date}; ${cpu}, ${cores} cores, ${memory} GiB, ${kernel}, Node ${node}, PostgreSQL ${postgres}`
  return `### ${part}\n\n${where}\n\n${tableOf(figures).join('\n')}\n`
}

function cells(figure: Figure): string[] {
  const { name, value, unit, peer, ratio, goal, note } = figure
  const met = isMet(figure)
  return [
    name,
    `${number(value)} ${unit}`,
    peer ? `${peer.name} ${number(peer.value)}` : '',
    ratio === undefined ? '' : `${number(ratio)} ×`,
    goal ? `${goal.bound} ${number(goal.than)}${goal.of === 'ratio' ? ' ×' : ''}` : '',
    [met === undefined ? '' : met ? 'met' : 'MISSED', note ?? ''].filter(Boolean).join('; '),
  ]
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

function stored(): Result[] {
  return existsSync(DATA) ? JSON.parse(readFileSync(DATA, 'utf8')) : []
}
