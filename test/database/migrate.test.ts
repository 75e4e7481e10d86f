import { expect, test } from 'vitest'
import { type Migration, loadMigrations, migrate } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open.ts'
import { assertReadable, schemaState } from '../../src/database/schema-version.ts'
import { connect } from '../../src/database/connect.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'

const STEPS: readonly Migration[] = [
  { name: '0001-first', up: ['create table thing (id integer)', 'insert into thing values (1)'] },
  { name: '0002-second', up: ['alter table thing add column size integer default 3'] },
  { name: '0003-third', up: ['insert into thing (id) values (2)'] },
]

test('brings an empty database to the last version and says so', async () => {
  await using database = await emptyDatabase()

  expect(await migrate(database, STEPS)).toEqual({ from: 0, to: 3 })
  expect(await database.query('select id, size from thing order by id')).toEqual([
    { id: 1, size: 3 },
    { id: 2, size: 3 },
  ])
  expect(await database.query('select version, name from schema_version order by version')).toEqual(
    STEPS.map(({ name }, at) => ({ version: at + 1, name })),
  )
})

test('from any earlier version it runs only what is missing', async () => {
  for (const [from] of STEPS.entries()) {
    await using database = await emptyDatabase()
    await migrate(database, STEPS.slice(0, from))

    expect(await migrate(database, STEPS)).toEqual({ from, to: 3 })
    expect(await database.query('select count(*)::integer as things from thing')).toEqual([{ things: 2 }])
  }
})

test('an up-to-date database is left alone', async () => {
  await using database = await emptyDatabase()
  await migrate(database, STEPS)

  expect(await migrate(database, STEPS)).toEqual({ from: 3, to: 3 })
})

test('several at once run each step once', async () => {
  await using database = await emptyDatabase()
  const others = Array.from({ length: 6 }, () => connect({ connectionString: database.url }))

  const ended = await Promise.all(others.map((other) => migrate(other, STEPS)))
  expect(ended.map(({ to }) => to)).toEqual(Array(6).fill(3))
  expect(await database.query('select id from thing order by id')).toEqual([{ id: 1 }, { id: 2 }])
  await Promise.all(others.map((other) => other[Symbol.asyncDispose]()))
})

test('a step that fails leaves nothing of itself and all of the steps before it', async () => {
  await using database = await emptyDatabase()
  const failing = { name: '0002-failing', up: ['create table half (id integer)', 'select 1 / 0'] }

  await expect(migrate(database, [...STEPS.slice(0, 1), failing])).rejects.toThrow(
    /migration 0002-failing failed, and nothing of it was kept: .*division by zero/,
  )
  expect(await schemaState(database)).toMatchObject({ version: 1 })
  expect(await database.query("select to_regclass('half') as half")).toEqual([{ half: null }])
  expect(await migrate(database, STEPS)).toEqual({ from: 1, to: 3 })
})

test("the program's own migrations lead from every version of theirs to the last", async () => {
  const own = await loadMigrations()
  for (const [from] of own.entries()) {
    await using database = await emptyDatabase()
    await migrate(database, own.slice(0, from))

    expect(await migrate(database, own)).toEqual({ from, to: own.length })
  }
})

test('a database newer than the program is refused in words, and not touched', async () => {
  await using database = await testDatabase()
  await database.query("insert into schema_version (version, name) values (99, '0099-future')")
  const known = (await loadMigrations()).length

  await expect(openDatabase({ kind: 'server', url: database.url })).rejects.toThrow(
    `the database is at version 99, this program knows ${known}: upgrade skrode`,
  )
})

test('a server older than Postgres 15 is refused in words', () => {
  expect(() => assertReadable({ version: 0, server: 140_013 }, 1)).toThrow(
    "the database's server is PostgreSQL 14: skrode needs 15 or newer",
  )
})
