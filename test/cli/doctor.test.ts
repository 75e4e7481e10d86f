import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { skrode, temporaryFolder } from './skrode.ts'

test('doctor finds nothing wrong where nothing is', async () => {
  using folder = temporaryFolder()
  await using database = await testDatabase()
  const env = { SKRODE_HOME: folder.path, SKRODE_DATABASE_URL: database.url }
  const { code, stdout } = await skrode(['doctor', '--json'], { env })
  const findings: { state: string; about: string }[] = JSON.parse(stdout)
  expect(code).toBe(0)
  expect(findings.filter(({ state }) => state === 'fail')).toEqual([])
  expect(findings.map(({ about }) => about)).toEqual(
    expect.arrayContaining([
      'node',
      'postgres',
      'disk',
      'home',
      'config',
      'database',
      'extension',
      'clock',
      'locale',
    ]),
  )
})

test('doctor ends with 1 and says what to do when the database is away', async () => {
  using folder = temporaryFolder()
  const env = { SKRODE_HOME: folder.path, SKRODE_DATABASE_URL: 'postgresql://ann@127.0.0.1:1/none' }
  const { code, stdout } = await skrode(['doctor'], { env })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^fail {2}database +cannot open the database at 127\.0\.0\.1:1\/none: .*\n +skrode db status/m,
  )
})

test('doctor looks at everything but the database when the config is wrong', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'config.yml'), 'own: 5\n')
  const { code, stdout } = await skrode(['doctor'], { cwd: folder.path, env: { SKRODE_HOME: folder.path } })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^fail {2}config +config\.yml:1: own/m)
  expect(stdout).toMatch(/^ok +disk/m)
})

test('doctor warns of a home that others can write to', async () => {
  using folder = temporaryFolder()
  await using database = await testDatabase()
  const home = join(folder.path, 'home')
  mkdirSync(home)
  chmodSync(home, 0o777)
  const env = { SKRODE_HOME: home, SKRODE_DATABASE_URL: database.url }
  expect((await skrode(['doctor'], { env })).stdout).toMatch(/^warn {2}home .*\n +run chmod go-w /m)
})
