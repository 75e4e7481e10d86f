import { type Amount, type Status, status } from '../../src/query/status.ts'
import { bytes, count, counted, moment } from '../amount.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { bold, dim } from '../styled.ts'
import { table } from '../table.ts'
import type { Io } from '../io.ts'

export default defineCommand({
  summary: 'Print what the database holds',
  examples: [
    ['skrode status', 'posts and accounts by service, and when each source was last read'],
    ['skrode status --json', 'the same for programs; estimates are marked'],
  ],
  parse: () => undefined,
  async run(_input, { io, json, database }) {
    const found = await status(await database())
    if (json) io.json(found)
    else print(found, io)
    return EXIT.ok
  },
})

function print(found: Status, io: Io): void {
  io.out(
    bold('Database'),
    `  ${bytes(found.bytes)}, PostgreSQL ${found.server}, schema ${found.schemaVersion}`,
  )
  io.out(bold('People'), `    ${shown(found.personas, 'persona')}, ${shown(found.humans, 'human')}`)
  printServices(found, io)
  printSources(found, io)
  if (found.setAside > 0) {
    io.out(bold('Set aside'), ` ${counted(found.setAside, 'item')}; skrode set-aside list tells why`)
  }
}

function printServices({ services }: Status, io: Io): void {
  if (services.length === 0) return io.out('Nothing has been read yet; skrode ingest --help tells how')
  const amounts = services.map(({ service, accounts, posts, placeholders }) => [
    service,
    ...[accounts, posts, placeholders].map(number),
  ])
  const [head = '', ...rows] = table(
    [['Service', 'accounts', 'posts', 'only referred to'], ...amounts],
    ['left', 'right', 'right', 'right'],
  )
  io.out()
  io.out(bold(head))
  for (const row of rows) io.out(row)
  if (services.some(({ posts }) => posts.isEstimate)) io.out(dim('~ is an estimate from a sample'))
}

function printSources({ sources }: Status, io: Io): void {
  if (sources.length === 0) return
  const [head = '', ...rows] = table(
    [
      ['Source', 'last read', 'files, feeds'],
      ...sources.map(({ source, readAt, streams }) => [source, moment(readAt), count(streams)]),
    ],
    ['left', 'left', 'right'],
  )
  io.out()
  io.out(bold(head))
  for (const row of rows) io.out(row)
}

function shown(amount: Amount, one: string): string {
  return `${number(amount)} ${amount.number === 1 ? one : `${one}s`}`
}

function number(amount: Amount): string {
  return `${amount.isEstimate ? '~' : ''}${count(amount.number)}`
}
