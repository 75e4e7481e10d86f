import { expect, test } from 'vitest'
import type { Observation } from '../../src/record/observation.ts'
import { accountKey } from '../../src/record/key.ts'
import { store } from '../../src/store/store.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { at, list, mail, person, said } from '../support/said.ts'

async function put(database: TestDatabase, ...found: Observation[]) {
  return store(database, { source: 'test', sightings: found.map((one) => ({ found: one })), now: at(31) })
}

test('gives every new account a persona of its own and leaves known ones with theirs', async () => {
  await using database = await testDatabase()
  await put(database, said('one', { author: person('ann') }))
  const personas = 'select a.key, p.id from account a join persona p on p.id = a.persona_id order by a.key'
  const [ann] = await database.query(personas)
  await put(
    database,
    said('two', { author: person('bob'), receivers: [{ kind: 'to', account: person('ann') }] }),
  )
  const rows = await database.query(personas)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toEqual(ann)
  expect(await database.query('select from persona')).toHaveLength(2)
})

test('keeps the old name with its interval when a person is renamed', async () => {
  await using database = await testDatabase()
  await put(database, said('1', { author: person('ann', 'Ann Arbour'), sentAt: at(1) }))
  await put(database, said('2', { author: person('ann', 'Ann Arbour'), sentAt: at(4) }))
  await put(database, said('3', { author: person('ann', 'Ann Birch'), sentAt: at(9) }))
  await put(database, said('4', { author: person('ann', 'Ann Arbour'), sentAt: at(2) }))
  expect(
    await database.query(
      "select value, first_seen, last_seen from name where kind = 'display' order by first_seen",
    ),
  ).toEqual([
    { value: 'Ann Arbour', first_seen: at(1), last_seen: at(4) },
    { value: 'Ann Birch', first_seen: at(9), last_seen: at(9) },
  ])
  expect(await database.query('select first_seen, last_seen from account')).toEqual([
    { first_seen: at(1), last_seen: at(9) },
  ])
})

test('keeps the newest profile payload, whichever comes last', async () => {
  await using database = await testDatabase()
  const profile = (day: number): Observation => ({
    kind: 'account',
    key: accountKey('github', 'ann'),
    names: [{ kind: 'handle', value: 'ann' }],
    claims: [{ kind: 'url', value: 'https://ann.example/', how: 'profile', verified: day > 2 }],
    at: at(day),
    raw: Buffer.from(`profile of day ${day}`),
  })
  expect(await put(database, profile(3))).toMatchObject({ stored: 1 })
  expect(await put(database, profile(2))).toMatchObject({ known: 1 })
  expect(
    await database.query('select as_of, verified from account join claim on account_id = account.id'),
  ).toEqual([{ as_of: at(3), verified: true }])
})

test('opens one interval an edge, closes it on an unfollow and opens another on the next follow', async () => {
  await using database = await testDatabase()
  const follow = (day: number, ended = false): Observation => ({
    kind: 'relation',
    relation: 'follows',
    from: person('ann'),
    to: person('bob'),
    at: at(day),
    ended,
  })
  await put(database, follow(3), follow(5), follow(2), follow(7, true), follow(4))
  await put(database, follow(9))
  expect(await database.query('select since, until from account_relation order by since')).toEqual([
    { since: at(2), until: at(7) },
    { since: at(9), until: null },
  ])
})

test('remembers who is in a channel and since when', async () => {
  await using database = await testDatabase()
  const member = (day: number, ended = false): Observation => ({
    kind: 'membership',
    account: person('ann'),
    channel: list('garden'),
    at: at(day),
    ended,
  })
  expect(await put(database, member(1), member(8, true))).toMatchObject({ stored: 2 })
  expect(await put(database, member(4))).toMatchObject({ known: 1 })
  expect(await database.query('select since, until from membership')).toEqual([
    { since: at(1), until: at(8) },
  ])
})

test('writes a like of a post that it has not seen, and takes it back', async () => {
  await using database = await testDatabase()
  const like = (ended: boolean): Observation => ({
    kind: 'interaction',
    interaction: 'like',
    account: person('ann'),
    post: mail('unseen'),
    at: at(1),
    ended,
  })
  await put(database, like(false))
  expect(await database.query('select kind from interaction')).toEqual([{ kind: 'like' }])
  await put(database, like(true))
  expect(await database.query('select kind from interaction')).toEqual([])
})

test('survives an account with ten thousand claims and keeps a thousand of them', async () => {
  await using database = await testDatabase()
  const claims = Array.from({ length: 10_000 }, (_, index) => ({
    kind: 'url' as const,
    value: `https://storm.example/${index}`,
    how: 'profile' as const,
  }))
  await put(database, said('storm', { author: { ...person('storm'), claims } }))
  expect(await database.query('select from claim')).toHaveLength(1000)
})

test('remembers that a claim was checked, whatever else is said of it in the same breath', async () => {
  await using database = await testDatabase()
  const claim = { kind: 'url' as const, value: 'https://ann.example/', how: 'profile' as const }
  const claims = [claim, { ...claim, verified: true }, { ...claim, value: 'https://ann.example/\0' }, claim]
  await put(database, said('one', { author: { ...person('ann'), claims } }))
  expect(await database.query('select value, verified from claim')).toEqual([
    { value: 'https://ann.example/', verified: true },
  ])
})

test('names the accounts that changed to the linker, in the transaction that changed them', async () => {
  await using database = await testDatabase()
  await put(database, said('one', { author: person('ann') }))
  await put(database, said('one', { author: person('ann') }))
  const jobs = await database.query<{ queue: string; job: { accounts: string[] } }>(
    'select queue, job from outbox',
  )
  const accounts = await database.query<{ id: string }>('select id from account')
  expect(jobs).toEqual([{ queue: 'link', job: { accounts: accounts.map(({ id }) => id) } }])
})
