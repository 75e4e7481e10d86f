import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'

test("an empty database of somebody else's server is brought up to date when it is opened", async () => {
  await using empty = await emptyDatabase()
  await using database = await openDatabase({ kind: 'server', url: empty.url })

  expect(await database.query('select from account')).toEqual([])
})

test('without migrating, an older database is opened as it is', async () => {
  await using empty = await emptyDatabase()
  await using database = await openDatabase({ kind: 'server', url: empty.url }, { migrate: false })

  expect(await database.query("select to_regclass('account') as account")).toEqual([{ account: null }])
})

test('a server that cannot be reached is named without its password', async () => {
  const opened = openDatabase({ kind: 'server', url: 'postgresql://ann:hunter2@127.0.0.1:1/skrode' })

  const error = await opened.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  expect(String(error)).toBe(
    'Error: cannot open the database at 127.0.0.1:1/skrode: connect ECONNREFUSED 127.0.0.1:1',
  )
})

test('times are exchanged in UTC whatever the server and the machine think', async () => {
  await using own = await testDatabase()
  await own.query(`alter database ${own.name} set timezone to 'Asia/Tokyo'`, [], 'once')
  await using database = await openDatabase({ kind: 'server', url: own.url })

  expect(await database.query("select '2024-02-29T12:00:00Z'::timestamptz::text as at")).toEqual([
    { at: '2024-02-29 12:00:00+00' },
  ])
})
