import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { skrode, temporaryFolder } from './skrode.ts'

test('an unknown command ends with 2 and the command that was meant', async () => {
  const { code, stdout, stderr } = await skrode(['ingets'])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('unknown command ingets (did you mean ingest?)')
})

test('an unknown command of a group names the group', async () => {
  const { code, stderr } = await skrode(['db', 'strat'])
  expect(code).toBe(2)
  expect(stderr).toContain('unknown command db strat (did you mean db start?)')
})

test('an unknown option ends with 2, the option that was meant and the usage', async () => {
  const { code, stderr } = await skrode(['set-aside', 'list', '--sorce', 'mail'])
  expect(code).toBe(2)
  expect(stderr).toBe(
    `skrode: unknown option '--sorce' (did you mean --source?)\nusage: skrode set-aside list [options]\n`,
  )
})

test('a word too many ends with 2', async () => {
  const { code, stderr } = await skrode(['version', 'please'])
  expect(code).toBe(2)
  expect(stderr).toContain('too many arguments')
})

test('a missing word ends with 2', async () => {
  const { code, stderr } = await skrode(['ingest'])
  expect(code).toBe(2)
  expect(stderr).toContain("missing required argument 'ingester'")
})

test('a number out of range ends with 2 and says what was expected', async () => {
  const { code, stderr } = await skrode(['set-aside', 'list', '--limit', '0'])
  expect(code).toBe(2)
  expect(stderr).toContain('--limit: expected a whole number from 1 to 100000, found 0')
})

test('an ingester that is none ends with 2 and the one that was meant', async () => {
  const { code, stderr } = await skrode(['ingest', 'mial', 'x'])
  expect(code).toBe(2)
  expect(stderr).toContain('<ingester>: expected atom, mail, found mial')
})

test('a wrong config ends with 1 and one line that names key and line', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'config.yml'), 'own: 5\n')
  const { code, stderr } = await skrode(['config', 'check'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(stderr).toBe(
    'skrode: config.yml:1: own: expected a list of your e-mail addresses, found the number 5\n',
  )
})

test('a database that is away ends with 1, and with its cause when asked for it', async () => {
  const env = { SKRODE_DATABASE_URL: 'postgresql://ann@127.0.0.1:1/none' }
  const brief = await skrode(['status'], { env })
  expect(brief.code).toBe(1)
  expect(brief.stderr).toMatch(/^skrode: cannot open the database at 127\.0\.0\.1:1\/none: .*\n$/)

  const verbose = await skrode(['status', '-v'], { env })
  expect(verbose.stderr).toContain('\n  because connect ECONNREFUSED')
})

test('nothing found ends with 3', async () => {
  await using database = await testDatabase()
  const env = { SKRODE_DATABASE_URL: database.url }
  const { code, stdout, stderr } = await skrode(['set-aside', 'show', 'ffff'], { env })
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toContain('no item')
})
