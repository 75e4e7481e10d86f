import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { skrode, start, temporaryFolder } from './skrode.ts'

test('ingest says what it stored, and the second time that nothing is new', async () => {
  using folder = temporaryFolder()
  await using database = await testDatabase()
  writeFileSync(join(folder.path, 'few.mbox'), mbox(3))
  const given = { cwd: folder.path, env: { SKRODE_DATABASE_URL: database.url } }

  const first = await skrode(['ingest', 'mail', 'few.mbox'], given)
  const second = await skrode(['ingest', 'mail', 'few.mbox', '--json'], given)

  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/^3 items read in [\d.]+ s: 3 stored, 0 already known\n$/)
  expect(JSON.parse(second.stdout)).toMatchObject({ stored: 0, updated: 0, setAside: 0 })
})

test('a dry run counts, and stores nothing', async () => {
  using folder = temporaryFolder()
  await using database = await testDatabase()
  writeFileSync(join(folder.path, 'few.mbox'), mbox(3))
  const given = { cwd: folder.path, env: { SKRODE_DATABASE_URL: database.url } }

  const { stdout } = await skrode(['ingest', 'mail', '--dry-run', 'few.mbox'], given)

  expect(stdout).toBe('3 posts; nothing was stored\n')
  expect(await database.query('select from post')).toEqual([])
})

test('what the config names is read when the command line names nothing', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'few.mbox'), mbox(2))
  writeFileSync(join(folder.path, 'config.yml'), 'ingesters:\n  mail:\n    what: [few.mbox]\n')

  const { stdout } = await skrode(['ingest', 'mail', '--dry-run', '--json'], { cwd: folder.path })

  expect(JSON.parse(stdout)).toEqual({ post: 2, reasons: {} })
})

test('a source that is not there ends with 1 and its name', async () => {
  using folder = temporaryFolder()
  const { code, stderr } = await skrode(['ingest', 'mail', '--dry-run', 'none.mbox'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(stderr).toContain('none.mbox')
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops a long read cleanly, and the same command reads the rest', async (signal, code) => {
  using folder = temporaryFolder()
  await using database = await testDatabase()
  writeFileSync(join(folder.path, 'many.mbox'), mbox(6_000))
  const given = { cwd: folder.path, env: { SKRODE_DATABASE_URL: database.url } }

  const child = start(['ingest', 'mail', 'many.mbox'], given)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  while ((await stored(database)) === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  child.kill(signal)
  const [ended] = await once(child, 'close')
  const before = await stored(database)

  expect(ended).toBe(code)
  expect(said).toContain('the same command reads on from there')
  expect(before).toBeLessThan(6_000)
  expect((await skrode(['ingest', 'mail', 'many.mbox'], given)).code).toBe(0)
  expect(await stored(database)).toBe(6_000)
})

async function stored(database: Awaited<ReturnType<typeof testDatabase>>): Promise<number> {
  return (await database.query('select from post where sent_at is not null')).length
}

/** A mailbox of so many short messages. */
function mbox(messages: number): string {
  return Array.from({ length: messages }, (_, index) => message(index + 1)).join('')
}

function message(index: number): string {
  return [
    'From ann@example.org Sat Jan  6 10:00:00 2024',
    'From: Ann Example <ann@example.org>',
    'To: ben@example.org',
    `Message-ID: <${index}@example.org>`,
    'Date: Sat, 6 Jan 2024 10:00:00 +0000',
    `Subject: Note ${index}`,
    '',
    'The kettle is on.',
    '',
    '',
  ].join('\n')
}
