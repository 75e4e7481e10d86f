import { type EmbeddedStatus, embeddedStatus } from '../../src/database/status.ts'
import { bytes, moment } from '../amount.ts'
import { defineCommand, defineGroup } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-code.ts'

const start = defineCommand({
  summary: 'Start the database that comes along, and make it first where there is none',
  examples: [['skrode db start', 'other commands do this by themselves']],
  parse: () => undefined,
  async run(_input, context) {
    const { io, json, signal } = context
    const { startEmbedded } = await import('../../src/database/embedded.ts')
    const home = await homeOf(context)
    await startEmbedded(home, { signal, log: (line) => io.note(line) })
    await report(home, context, json)
    return EXIT.ok
  },
})

const stop = defineCommand({
  summary: 'Stop the database that comes along',
  examples: [['skrode db stop', 'the next command starts it again']],
  parse: () => undefined,
  async run(_input, context) {
    const { io, json, signal } = context
    const { stopEmbedded } = await import('../../src/database/embedded.ts')
    const hasRun = await stopEmbedded(await homeOf(context), { signal })
    if (json) io.json({ stopped: hasRun })
    else io.out(hasRun ? 'the database is stopped' : 'the database was not running')
    return EXIT.ok
  },
})

const status = defineCommand({
  summary: 'Print whether the database that comes along runs, and where it is',
  examples: [['skrode db status', 'starts nothing']],
  parse: () => undefined,
  async run(_input, context) {
    await report(await homeOf(context), context, context.json)
    return EXIT.ok
  },
})

export default defineGroup({
  summary: 'Start, stop or look at the database that comes along',
  commands: { start, stop, status },
})

/** The home of the embedded database; throws where the config names a server instead. */
async function homeOf({ config }: Context): Promise<string> {
  const { database } = await config()
  if (database.kind === 'embedded') return database.home
  throw new Error(
    `the config names the server at ${database.host}:${database.port}, which is not ours to govern`,
  )
}

async function report(home: string, { io }: Context, json: boolean): Promise<void> {
  const found = await embeddedStatus(home)
  if (json) io.json(found)
  else io.out(sentence(found))
}

function sentence(found: EmbeddedStatus): string {
  if (found.state === 'absent')
    return `there is no database in ${found.folder} yet; the first command that needs one makes it`
  const data = `PostgreSQL ${found.version}, ${bytes(found.sizeBytes)} in ${found.folder}`
  if (found.state === 'stopped') return `the database is stopped (${data})`
  return `the database is ${found.state} since ${moment(found.since)} as process ${found.pid} (${data}, socket in ${found.socket})`
}
