import { expect, test } from 'vitest'
import type { Sql } from '../../src/database/sql.ts'
import { merge } from '../../src/link/merge.ts'
import { own } from '../../src/link/own.ts'
import { whois } from '../../src/query/whois.ts'
import { testDatabase } from '../support/database.ts'
import { addPersona } from '../support/people.ts'

const AT = new Date('2025-03-01T00:00:00Z')
const WORD = { by: 'owner', at: AT }
const WORK = 'mail+user:ann.arbour@example.org'
const BRAND = 'mail+user:hello@kiln.example.net'
const FEED = 'atom+user:https://kiln.example.net/feed#the kiln'

test('accounts that are merged are one persona, the oldest of theirs', async () => {
  await using database = await testDatabase()
  const { brand } = await twoPresences(database)
  const kept = await database.transaction((tx) => merge(tx, [FEED, BRAND], WORD))

  expect(kept).toBe(brand)
  expect(await personasOf(database, BRAND, FEED)).toEqual([brand])
})

test('the id of a persona that was merged away still finds the one that was kept', async () => {
  await using database = await testDatabase()
  const { brand, feed } = await twoPresences(database)
  await database.transaction((tx) => merge(tx, [BRAND, FEED], WORD))

  const [card] = await whois(database, { pattern: feed })
  expect(card).toMatchObject({ kind: 'persona', id: brand })
})

test('a merge keeps what moved and whose word it was', async () => {
  await using database = await testDatabase()
  const { brand, feed } = await twoPresences(database)
  await database.transaction((tx) => merge(tx, [BRAND, FEED], WORD))

  const merges = await database.query('select kept_id, gone_id, moved, at from merge_log')
  const [account] = await database.query<{ id: string }>('select id from account where key = $1', [FEED])
  expect(merges).toEqual([
    { kept_id: brand, gone_id: feed, moved: { accounts: [account?.id], names: [] }, at: AT },
  ])
  expect(await database.query('select verdict, by_whom from decision')).toEqual([
    { verdict: 'same', by_whom: 'owner' },
  ])
})

test('merging what is one persona already changes nothing', async () => {
  await using database = await testDatabase()
  await twoPresences(database)
  const first = await database.transaction((tx) => merge(tx, [BRAND, FEED], WORD))
  const second = await database.transaction((tx) => merge(tx, [BRAND, FEED], WORD))

  expect(second).toBe(first)
  expect(await database.query('select from merge_log')).toHaveLength(1)
})

test('merging an account that is not there says which, and changes nothing', async () => {
  await using database = await testDatabase()
  await twoPresences(database)
  const merging = database.transaction((tx) => merge(tx, [BRAND, 'mail+user:nobody@example.org'], WORD))

  await expect(merging).rejects.toThrow('expected an account mail+user:nobody@example.org, found none')
  expect(await database.query('select from merge_log')).toEqual([])
})

test('two merges at once end as one after the other', async () => {
  await using database = await testDatabase()
  const { work } = await twoPresences(database)
  await Promise.all([
    database.transaction((tx) => merge(tx, [WORK, BRAND], WORD)),
    database.transaction((tx) => merge(tx, [BRAND, FEED], WORD)),
  ])
  expect(await personasOf(database, WORK, BRAND, FEED)).toEqual([work])
})

test('personas that one human owns are shown under that human', async () => {
  await using database = await testDatabase()
  const { work, brand } = await twoPresences(database)
  const human = await database.transaction((tx) => own(tx, [work, brand], AT))

  const [card] = await whois(database, { pattern: 'ann' })
  expect(card).toMatchObject({ kind: 'human', id: human, personas: [{ id: work }, { id: brand }] })
})

test('a human who owns a persona already gets the others too', async () => {
  await using database = await testDatabase()
  const { work, brand } = await twoPresences(database)
  const human = await database.transaction((tx) => own(tx, [work], AT))

  expect(await database.transaction((tx) => own(tx, [work, brand], AT))).toBe(human)
  expect(await database.query('select from persona_control')).toHaveLength(2)
})

test('personas of two humans are not given to one', async () => {
  await using database = await testDatabase()
  const { work, brand } = await twoPresences(database)
  await database.transaction((tx) => own(tx, [work], AT))
  await database.transaction((tx) => own(tx, [brand], AT))

  const owning = database.transaction((tx) => own(tx, [work, brand], AT))
  await expect(owning).rejects.toThrow('expected personas of one human')
})

async function twoPresences(sql: Sql) {
  const work = await addPersona(sql, [[WORK, { display: 'Ann Arbour' }]])
  const brand = await addPersona(sql, [[BRAND, { display: 'The Kiln' }]])
  const feed = await addPersona(sql, [[FEED, { display: 'The Kiln' }]])
  return { work, brand, feed }
}

async function personasOf(sql: Sql, ...keys: string[]): Promise<string[]> {
  const rows = await sql.query<{ persona_id: string }>(
    'select distinct persona_id from account where key = any($1)',
    [keys],
  )
  return rows.map(({ persona_id }) => persona_id)
}
