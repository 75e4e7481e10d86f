import { type Tally, seen } from '../../src/store/tally.ts'
import { count, counted, duration } from '../amount.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-code.ts'
import { type Source, describeIngesters, ingesterNames, loadIngester } from '../ingester-folder.ts'
import { keepHeapLean } from '../lean-heap.ts'
import { type ProgressLine, progressLine } from '../progress-line.ts'
import { table } from '../table.ts'
import { readDry } from '../dry-run.ts'

export default defineCommand({
  summary: 'Read a source into the database',
  arguments: [
    { syntax: '<ingester>', about: 'what reads it', choices: ingesterNames },
    { syntax: '[what...]', about: 'files, folders or URLs; otherwise what the config names' },
  ],
  options: [{ flags: '--dry-run', about: 'read and count, and store nothing' }],
  examples: [
    ['skrode ingest mail ~/mail/archive.mbox', 'read years of mail; the same again reads only what is new'],
    ['skrode ingest mail ~/Maildir', 'a Maildir, or a folder of .eml files'],
    ['skrode ingest atom https://example.org/feed.xml', 'read a feed'],
    ['skrode ingest mail --dry-run archive.mbox.xz', 'see what would be read'],
  ],

  async details() {
    const rows = (await describeIngesters()).map(([name, about]) => [`  ${name}`, about])
    return ['Ingesters:', ...table(rows, ['left', 'left'])].join('\n')
  },

  parse: (given) => ({
    name: given.argument('ingester'),
    what: given.words('what'),
    isDry: given.flag('dry-run'),
  }),

  async run({ name, what, isDry }, context) {
    keepHeapLean()
    const ingester = await loadIngester(name)
    const config = await context.config()
    const block = { ...config.ingesters[name], ...(what.length > 0 && { what }) }
    const source = { name, ingester, options: ingester.options(block, config.where(['ingesters', name])) }

    const progress = progressLine(context.io, () => performance.now())
    if (isDry) return readDry(source, context, progress)
    await readAndStore(source, context, progress)
    return EXIT.ok
  },
})

async function readAndStore({ name, ingester, options }: Source, context: Context, progress: ProgressLine) {
  const { io, json, signal, now } = context
  const { ingest } = await import('../../src/store/ingest.ts')
  const database = await context.database()
  const beganMs = performance.now()
  const tally = await ingest(database, ingester, options, {
    source: name,
    signal,
    now,
    progress: (report) => progress.show(report),
  }).finally(() => progress.clear())
  const seconds = (performance.now() - beganMs) / 1000

  if (json) io.json({ ...tally, seen: seen(tally), seconds: Number(seconds.toFixed(3)) })
  else io.out(sentence(tally, seconds))
  if (tally.setAside > 0) io.note('skrode set-aside list tells what could not be read, and why')
  if (signal.aborted)
    io.note('interrupted: what is counted here is stored; the same command reads on from there')
}

function sentence(tally: Tally, seconds: number): string {
  const all = seen(tally)
  const parts = [
    `${count(tally.stored)} stored`,
    tally.updated > 0 && `${count(tally.updated)} updated`,
    `${count(tally.known)} already known`,
    tally.setAside > 0 && `${count(tally.setAside)} set aside`,
  ]
  const pace = seconds >= 1 && all > 0 ? ` (${count(Math.round(all / seconds))} a second)` : ''
  return `${counted(all, 'item')} read in ${duration(seconds)}${pace}: ${parts.filter(Boolean).join(', ')}`
}
