import { expect, test } from 'vitest'
import type { Observation, PostSeen } from '../../src/record/observation.ts'
import { store } from '../../src/store/store.ts'
import { seen } from '../../src/store/tally.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { dump } from '../support/dump.ts'
import { at, list, mail, person, said } from '../support/said.ts'

async function put(database: TestDatabase, ...found: Observation[]) {
  return store(database, { source: 'test', sightings: found.map((one) => ({ found: one })), now: at(31) })
}

const thread: PostSeen[] = [
  said('root', {
    author: person('ann', 'Ann Arbour'),
    channel: list('garden'),
    receivers: [{ kind: 'to', account: person('bob') }],
  }),
  said('answer', {
    author: person('bob', 'Bob Birch'),
    sentAt: at(2),
    channel: list('garden'),
    relations: [{ kind: 'reply', to: mail('root') }],
    ancestors: [mail('root')],
    links: ['https://example.org/seeds'],
    attachments: [{ name: 'plan.pdf', type: 'application/pdf', size: 1200 }],
  }),
]

test('stores a thread with its people, audience, relations, links and attachments', async () => {
  await using database = await testDatabase()
  expect(await put(database, ...thread)).toEqual({ stored: 2, updated: 0, known: 0, setAside: 0 })
  const lines = await dump(database)
  expect(lines.filter((line) => line.startsWith('audience'))).toHaveLength(3)
  expect(lines).toContain(
    'post_relation {"to": "mail+post:root@example.org", "from": "mail+post:answer@example.org", "kind": "reply", "inferred": false}',
  )
  expect(lines.filter((line) => /^(post_link|attachment) /.test(line))).toHaveLength(2)
  expect(lines.filter((line) => line.startsWith('account '))).toHaveLength(2)
})

test('changes nothing when the same things are stored again', async () => {
  await using database = await testDatabase()
  await put(database, ...thread)
  const before = await dump(database)
  expect(await put(database, ...thread)).toEqual({ stored: 0, updated: 0, known: 2, setAside: 0 })
  expect(await dump(database)).toEqual(before)
})

test('leaves a placeholder for a post that is only spoken of and fills it when it arrives', async () => {
  await using database = await testDatabase()
  const [root, answer] = thread
  if (!root || !answer) throw new Error('the thread has two posts')
  await put(database, answer)
  const [placeholder] = await database.query('select author_id, sent_at from post where key = $1', [root.key])
  expect(placeholder).toEqual({ author_id: null, sent_at: null })

  expect(await put(database, root)).toMatchObject({ stored: 1 })
  await using other = await testDatabase()
  await put(other, root, answer)
  expect(await dump(database)).toEqual(await dump(other))
})

test('replaces an older copy by a newer one and never the other way round', async () => {
  await using database = await testDatabase()
  const draft = said('entry', { text: 'draft', links: ['https://example.org/a'], asOf: at(1) })
  const final = said('entry', {
    text: 'final',
    links: ['https://example.org/b'],
    asOf: at(3),
    editedAt: at(3),
  })
  await put(database, draft)
  expect(await put(database, final)).toMatchObject({ updated: 1 })
  expect(await put(database, draft)).toMatchObject({ known: 1 })
  expect(await database.query('select body, url from post join post_link on post_id = id')).toEqual([
    { body: 'final', url: 'https://example.org/b' },
  ])
})

test('keeps two posts that wrongly share a key apart, whichever comes again', async () => {
  await using database = await testDatabase()
  const one = said('same', { text: 'one', identity: 'one', keyIfTaken: mail('same#one') })
  const two = said('same', { text: 'two', identity: 'two', keyIfTaken: mail('same#two') })
  expect(await put(database, one, two)).toMatchObject({ stored: 2 })
  expect(await put(database, two, one)).toMatchObject({ stored: 0, known: 2 })
  expect(await database.query('select key, body from post order by key')).toEqual([
    { key: 'mail+post:same#two@example.org', body: 'two' },
    { key: 'mail+post:same@example.org', body: 'one' },
  ])
})

test('holds a thread together around a missing post, until that post speaks for itself', async () => {
  await using database = await testDatabase()
  const late = said('late', {
    relations: [{ kind: 'reply', to: mail('middle') }],
    ancestors: [mail('root'), mail('middle')],
  })
  await put(database, late)
  const edges =
    'select f.key as child, inferred from post_relation join post f on f.id = from_id order by f.key'
  expect(await database.query(edges)).toEqual([
    { child: mail('late'), inferred: false },
    { child: mail('middle'), inferred: true },
  ])
  await put(database, said('middle', { relations: [{ kind: 'reply', to: mail('other') }] }))
  expect(
    await database.query(
      `${edges.replace('f.key as child', 'to_id = (select id from post where key like $1) as other')}`,
      ['%other%'],
    ),
  ).toEqual([
    { other: false, inferred: false },
    { other: true, inferred: false },
  ])
})

test('leaves a tombstone without text, payload or edges, which no old copy brings back', async () => {
  await using database = await testDatabase()
  await put(database, ...thread)
  await put(database, { kind: 'gone', key: mail('root'), at: at(5) })
  const [row] = await database.query(
    'select title, body, raw, search, author_id, tombstoned_at from post where key = $1',
    [mail('root')],
  )
  expect(row).toEqual({
    title: null,
    body: null,
    raw: null,
    search: null,
    author_id: null,
    tombstoned_at: at(5),
  })
  expect(await database.query('select from post_relation')).toEqual([])
  expect(await put(database, ...thread)).toMatchObject({ known: 2 })
  expect(await database.query('select from post where sent_at is null')).toHaveLength(1)
})

test('gives a post to everybody, to a list and to hidden receivers at least one audience row each', async () => {
  await using database = await testDatabase()
  await put(
    database,
    said('open'),
    said('listed', { channel: list('garden') }),
    said('hidden', { undisclosed: true }),
  )
  expect(
    await database.query(
      'select p.key, u.kind, u.channel_id is not null as listed from audience u join post p on p.id = post_id order by p.key',
    ),
  ).toEqual([
    { key: mail('hidden'), kind: 'bcc', listed: false },
    { key: mail('listed'), kind: 'broadcast', listed: true },
    { key: mail('open'), kind: 'broadcast', listed: false },
  ])
})

test('sets aside a post whose time no calendar holds and stores the others', async () => {
  await using database = await testDatabase()
  const tally = await put(database, said('broken', { sentAt: new Date(Number.NaN) }), said('whole'))
  expect(tally).toEqual({ stored: 1, updated: 0, known: 0, setAside: 1 })
  expect(seen(tally)).toBe(2)
})

test('takes text that Postgres cannot hold as it is: NUL bytes and half surrogate pairs', async () => {
  await using database = await testDatabase()
  const author = { ...person('ann'), names: [{ kind: 'display' as const, value: 'A\0nn \ud800 Arbour' }] }
  await put(
    database,
    said('odd', { author, title: 'nul\0l', text: 'a\0b \udc00', quoted: '\0', signature: '\0' }),
  )
  expect(await database.query('select title, body from post')).toEqual([
    { title: 'nul l', body: 'ab \ufffd' },
  ])
})

test('keeps the payload as the source sent it', async () => {
  await using database = await testDatabase()
  const raw = Buffer.from(Array.from({ length: 4096 }, (_, index) => index % 256))
  await put(database, said('binary', { raw }))
  const { unpack } = await import('../../src/store/raw.ts')
  const [row] = await database.query<{ raw: Buffer }>('select raw from post')
  expect(row && unpack(row.raw).equals(raw)).toBe(true)
})
