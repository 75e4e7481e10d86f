import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../src/database/sql.ts'
import type { AccountKey } from '../../src/record/key.ts'
import { readCommandLine } from '../command-line.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-code.ts'
import { findCommand } from '../registry.ts'
import { bold, cyan } from '../styled.ts'

export default defineCommand({
  summary: 'Show what Skrode does, on a community that is made up',
  examples: [['skrode demo', 'reads mail and feeds that came along, into a database of its own']],
  parse: () => undefined,
  async run(_input, context) {
    await using stage = await openStage(context)
    await readEverything(stage)
    await revealPriya(stage)
    await askAround(stage)
    sayWhatIsNext(stage)
    return EXIT.ok
  },
})

/** The demo's own database and config, whatever the owner's say. */
interface Stage extends AsyncDisposable {
  readonly context: Context
  readonly home: string
  readonly database: Database
  readonly sample: string
}

async function openStage(context: Context): Promise<Stage> {
  const { loadConfig } = await import('../../src/config/config.ts')
  const { stateFolder } = await import('../../src/config/find.ts')
  const { openDatabase } = await import('../../src/database/open.ts')
  const { io, env, cwd, signal } = context
  const home = join(stateFolder(env, cwd), 'demo')
  const sample = sampleFolder()
  const config = await loadConfig({
    env: { ...env, SKRODE_HOME: home, SKRODE_DATABASE_URL: undefined },
    cwd,
    file: join(sample, 'config.yml'),
  })
  const database = await openDatabase(config.database, { signal, log: (line) => io.note(line) })
  return {
    context: { ...context, config: async () => config, database: async () => database },
    home,
    database,
    sample: shortest(cwd, sample),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

async function readEverything(stage: Stage): Promise<void> {
  say(stage, 'A harbour town builds a clock that shows the tide. You are Inês, who keeps the')
  say(stage, 'mailing list. Everybody in it is invented, and so is the town.')
  say(stage, '')
  say(stage, 'The list (an mbox) and your own letters (a Maildir):')
  await type(stage, ['ingest', 'mail', join(stage.sample, 'mail')])
  say(stage, 'Three feeds that people on the list write (Atom, RSS and JSON Feed):')
  const feeds = join(stage.sample, 'feeds')
  const files = readdirSync(feeds).map((file) => join(feeds, file))
  await type(stage, ['ingest', 'atom', ...files], `ingest atom ${join(feeds, '*')}`)
}

/** One human, two faces: a scientist on the list, and a letter about the sea that nobody signs. */
async function revealPriya({ database, context }: Stage): Promise<void> {
  const { merge } = await import('../../src/link/merge.ts')
  const { own } = await import('../../src/link/own.ts')
  const scientist = await accountsOf(database, 'Priya Raghunathan')
  const brand = await accountsOf(database, 'The Slow Tide')
  const at = context.now()
  await database.transaction(async (tx) => {
    const personas = [
      await merge(tx, scientist, { by: 'owner', at }),
      await merge(tx, brand, { by: 'owner', at }),
    ]
    await own(tx, personas, at)
  })
}

async function accountsOf(database: Database, name: string): Promise<AccountKey[]> {
  const rows = await database.query<{ key: AccountKey }>(
    `select distinct account.key from account join name on name.account_id = account.id
     where name.kind = 'display' and name.value = $1 order by account.key`,
    [name],
  )
  return rows.map(({ key }) => key)
}

async function askAround(stage: Stage): Promise<void> {
  say(stage, 'Who is Priya? You have found out that she writes The Slow Tide, and said so:')
  say(stage, 'one human with two personas, each with its accounts.')
  await type(stage, ['whois', 'priya'])
  say(stage, 'How did you find out? She said one sentence twice, once on each side:')
  await type(stage, ['search', '"daylight saving"'])
}

function sayWhatIsNext(stage: Stage): void {
  const { context, home } = stage
  say(stage, 'Ask this database more (it stays until you delete its folder):')
  context.io.out(cyan(`  SKRODE_HOME=${home} npx skrode whois gretel`))
  say(stage, 'Then read your own mail and feeds, into a database of their own:')
  context.io.out(cyan('  npx skrode ingest mail ~/Maildir'))
  context.io.out(cyan('  npx skrode ingest atom https://example.org/feed.xml'))
  context.io.out(cyan('  npx skrode help'))
}

/** Runs a command as if it had been typed, after showing what would be. */
async function type(
  { context }: Stage,
  words: readonly string[],
  shown = words.map(quoted).join(' '),
): Promise<void> {
  context.io.out(bold(`$ skrode ${shown}`))
  const found = await findCommand(words)
  const reading = readCommandLine(found)
  if (reading.kind === 'given') await found.command.start(reading.given, context)
  context.io.out()
}

function say({ context }: Stage, line: string): void {
  context.io.out(line)
}

function quoted(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word}'`
}

/** The sample lies in the checkout's `etc`, beside `dist` when bundled. */
function sampleFolder(): string {
  const places = ['../../etc/sample', '../../../etc/sample'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`expected the sample community in ${places.at(-1)}, found nothing`)
  return found
}

function shortest(cwd: string, path: string): string {
  const near = relative(cwd, path)
  return near.startsWith('..') ? path : near
}
