import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

test('a test has a database of its own with the current schema', async () => {
  await using one = await testDatabase()
  await using other = await testDatabase()

  await one.query('insert into human (id) values (gen_random_uuid())')

  expect(await one.query('select from human')).toHaveLength(1)
  expect(await other.query('select from human')).toHaveLength(0)
})
