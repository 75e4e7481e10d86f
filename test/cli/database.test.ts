import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { skrode } from './skrode.ts'

test('db does not govern a server that the config names', async () => {
  const env = { SKRODE_DATABASE_URL: 'postgresql://ann@db.example.org/skrode' }
  const { code, stderr } = await skrode(['db', 'stop'], { env })
  expect(code).toBe(1)
  expect(stderr).toContain('the config names the server at db.example.org:5432')
})

test('db status looks for the database without making one', async () => {
  const { code, stdout } = await skrode(['db', 'status', '--json'], {
    env: { SKRODE_HOME: '/nonexistent/home' },
  })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ state: 'absent' })
})

test('status of an empty database says how to begin', async () => {
  await using database = await testDatabase()
  const { stdout } = await skrode(['status'], { env: { SKRODE_DATABASE_URL: database.url } })
  expect(stdout).toContain('0 personas, 0 humans')
  expect(stdout).toContain('skrode ingest --help')
})
