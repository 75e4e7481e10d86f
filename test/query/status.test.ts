import { expect, test } from 'vitest'
import { status } from '../../src/query/status.ts'
import { testDatabase } from '../support/database.ts'

const SERVICE = '00000000-0000-7000-8000-000000000001'

test('a small database is counted', async () => {
  await using database = await testDatabase()
  await database.query(`insert into service (id, key, title) values ($1, 'mail', 'Mail')`, [SERVICE])
  await database.query(
    `insert into post (id, service_id, key) select gen_random_uuid(), $1, 'mail+post:' || n from generate_series(1, 7) n`,
    [SERVICE],
  )
  await database.query('insert into human (id) select gen_random_uuid() from generate_series(1, 2)')
  await database.query(
    `insert into cursor values ('mail', 'a.mbox', '1', now()), ('mail', 'b.mbox', '1', now())`,
  )

  const found = await status(database)

  expect(found.services).toEqual([
    {
      service: 'mail',
      accounts: { number: 0, isEstimate: false },
      posts: { number: 0, isEstimate: false },
      placeholders: { number: 7, isEstimate: false },
    },
  ])
  expect(found.humans).toEqual({ number: 2, isEstimate: false })
  expect(found.sources).toMatchObject([{ source: 'mail', streams: 2 }])
})

test('a large table is estimated within a tenth', async () => {
  await using database = await testDatabase()
  const rows = 200_000
  // Pages with room in them, so that a few rows make many pages.
  await database.query('alter table human set (fillfactor = 10)', [], 'once')
  await database.query(
    `insert into human (id) select gen_random_uuid() from generate_series(1, $1::integer)`,
    [rows],
  )
  const { humans } = await status(database)
  expect(humans.isEstimate).toBe(true)
  expect(Math.abs(humans.number - rows)).toBeLessThan(rows / 10)
})
