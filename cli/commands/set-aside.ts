import { bytes, counted, moment } from '../amount.ts'
import { defineCommand, defineGroup } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { ingesterNames } from '../ingester-folder.ts'
import { retrySetAside } from '../retry.ts'
import { bold, dim } from '../styled.ts'

/** More ids than anybody retries one by one; beyond it the rest is left for the next run. */
const ALL = 100_000

const list = defineCommand({
  summary: 'List the items that could not be read, newest first',
  options: [
    { flags: '-l, --limit <n>', about: 'at most this many', otherwise: '20' },
    { flags: '--source <ingester>', about: 'only those of one ingester', choices: ingesterNames },
  ],
  examples: [['skrode set-aside list --source mail', 'mail that could not be read']],
  parse: (given) => ({
    limit: given.whole('limit', { otherwise: 20, atLeast: 1, atMost: ALL }),
    source: given.text('source'),
  }),
  async run({ limit, source }, { io, json, database }) {
    const { listSetAside } = await import('../../src/store/set-aside.ts')
    const items = await listSetAside(await database(), { limit, ...(source !== undefined && { source }) })
    if (json) io.json(items)
    else if (items.length === 0) io.note('nothing is set aside')
    for (const { id, source, stream, reason, size, seenAt } of json ? [] : items) {
      io.out(bold(id), `  ${reason}`)
      io.out(dim(`  ${source} ${stream}, ${bytes(size)}, ${moment(seenAt)}`))
    }
    return items.length > 0 ? EXIT.ok : EXIT.nothing
  },
})

const show = defineCommand({
  summary: 'Print one item that could not be read',
  arguments: [{ syntax: '<id>', about: 'its id, or the beginning of it' }],
  options: [{ flags: '--raw', about: 'print its bytes alone, as they came, for a file or a pipe' }],
  examples: [
    ['skrode set-aside show 0199aa', 'why it could not be read, and what it looks like'],
    ['skrode set-aside show --raw 0199aa > item.eml', 'its bytes as the source sent them'],
  ],
  parse: (given) => ({ id: given.argument('id'), isRaw: given.flag('raw') }),
  async run({ id, isRaw }, { io, json, database }) {
    const { findSetAside } = await import('../../src/store/set-aside.ts')
    const item = await findSetAside(await database(), id)
    if (!item) {
      io.note(`no item, or more than one, has an id that begins with ${id}`)
      return EXIT.nothing
    }
    const { raw, ...about } = item
    if (isRaw) io.bytes(raw)
    else if (json) io.json({ ...about, raw: raw.toString('base64') })
    else {
      io.out(bold(about.reason))
      io.out(
        dim(`${about.id}, ${about.source} ${about.stream}, ${bytes(about.size)}, ${moment(about.seenAt)}`),
      )
      io.out()
      io.out(beginning(raw))
    }
    return EXIT.ok
  },
})

const retry = defineCommand({
  summary: 'Read items that were set aside once more, as a newer version may read what an older could not',
  arguments: [{ syntax: '[id...]', about: 'ids, or the beginnings of them' }],
  options: [{ flags: '--all', about: 'everything that is set aside' }],
  examples: [
    ['skrode set-aside retry --all', 'after an upgrade'],
    ['skrode set-aside retry 0199aa 0199ab', 'these two'],
  ],
  parse: (given) => ({ ids: given.words('id'), isAll: given.flag('all') }),
  async run({ ids, isAll }, context) {
    const { io, json } = context
    const result = await retrySetAside(isAll ? 'all' : ids, context)
    if (json) io.json(result)
    else io.out(`${counted(result.read, 'item')} could be read now, ${result.kept} still set aside`)
    return result.read + result.kept > 0 ? EXIT.ok : EXIT.nothing
  },
})

export default defineGroup({
  summary: 'Look at what could not be read',
  commands: { list, show, retry },
})

const MOST_SHOWN = 4_000

function beginning(raw: Buffer): string {
  const text = raw.subarray(0, MOST_SHOWN).toString('utf8')
  return raw.length > MOST_SHOWN
    ? `${text}\n… (${bytes(raw.length - MOST_SHOWN)} more; --raw prints all)`
    : text
}
