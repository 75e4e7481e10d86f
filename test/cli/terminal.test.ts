import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/sql.ts'
import { UnreadableItem } from '../../src/errors.ts'
import { listSetAside } from '../../src/store/set-aside.ts'
import { store } from '../../src/store/store.ts'
import { testDatabase } from '../support/database.ts'
import { HAS_TERMINAL, MAIN, skrode, skrodeOnTerminal, temporaryFolder } from './skrode.ts'

const ESCAPE = '\u001b'

test.skipIf(!HAS_TERMINAL)('help is bold on a terminal (needs `script` of util-linux)', async () => {
  const { code, stdout } = await skrodeOnTerminal(['help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`${ESCAPE}[1mCommands:${ESCAPE}[22m`)
})

test.skipIf(!HAS_TERMINAL).each([
  ['--no-color', ['help', '--no-color'], {}],
  ['NO_COLOR', ['help'], { NO_COLOR: '1' }],
  ['TERM=dumb', ['help'], { TERM: 'dumb' }],
])('%s keeps a terminal plain (needs `script` of util-linux)', async (_what, words, env) => {
  expect((await skrodeOnTerminal(words, { env })).stdout).not.toContain(ESCAPE)
})

test('a pipe is plain', async () => {
  expect((await skrode(['help'])).stdout).not.toContain(ESCAPE)
})

test('FORCE_COLOR colours a pipe, unless NO_COLOR says no', async () => {
  expect((await skrode(['help'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(ESCAPE)
  expect((await skrode(['help'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(ESCAPE)
})

test('a reader that closes the pipe early is no failure', () => {
  const line = `'${process.execPath}' '${MAIN}' help | (exec 0<&-; sleep 1); echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' })
})

test('an answer that cannot be written ends with 1', () => {
  const { status, stderr } = spawnSync('bash', ['-c', `'${process.execPath}' '${MAIN}' version >/dev/full`], {
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^skrode: cannot write the answer\n {2}because ENOSPC/)
})

test.skipIf(!HAS_TERMINAL)(
  'progress is drawn in place and taken away (needs `script` of util-linux)',
  async () => {
    using folder = temporaryFolder()
    writeFileSync(
      join(folder.path, 'one.mbox'),
      'From a\nFrom: ann@example.org\nDate: 6 Jan 2024 10:00 +0000\n\nhi\n',
    )
    const { stdout } = await skrodeOnTerminal(['ingest', 'mail', '--dry-run', 'one.mbox'], {
      cwd: folder.path,
    })
    expect(stdout).toMatch(
      new RegExp(`^\\r${ESCAPE}\\[Kone\\.mbox: .*\\r${ESCAPE}\\[K1 post; nothing was stored\n$`, 's'),
    )
  },
)

const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\rfake'

test('text from outside cannot command a pipe', async () => {
  expect(await hostileText(skrode)).not.toMatch(OBEYED)
})

test.skipIf(!HAS_TERMINAL)(
  'text from outside cannot command a terminal (needs `script` of util-linux)',
  async () => {
    expect(await hostileText(skrodeOnTerminal)).not.toMatch(OBEYED)
  },
)

test('JSON carries hostile text whole, and escaped', async () => {
  await using database = await testDatabase()
  await setAside(database, HOSTILE)
  const { stdout } = await skrode(['set-aside', 'list', '--json'], {
    env: { SKRODE_DATABASE_URL: database.url },
  })
  expect(stdout).not.toMatch(OBEYED)
  expect(JSON.parse(stdout)).toMatchObject([{ stream: HOSTILE }])
})

const OBEYED = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

/** What is printed of an item whose text and whose place are both hostile. */
async function hostileText(run: typeof skrode): Promise<string> {
  await using database = await testDatabase()
  await setAside(database, HOSTILE)
  const env = { SKRODE_DATABASE_URL: database.url, NO_COLOR: '1' }
  const [item] = await listSetAside(database, { limit: 1 })
  const listed = await run(['set-aside', 'list'], { env })
  const shown = await run(['set-aside', 'show', item?.id ?? ''], { env })
  expect(listed.stdout).toContain('gnp.exe')
  expect(shown.stdout).toContain('owned')
  return listed.stdout + shown.stdout
}

async function setAside(database: Database, text: string): Promise<void> {
  const sighting = { found: new UnreadableItem('bad', text), upTo: { stream: text, value: '1' } }
  await store(database, { source: 'mail', sightings: [sighting], now: new Date() })
}
