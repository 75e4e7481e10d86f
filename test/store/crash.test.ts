import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { dump } from '../support/dump.ts'

const PEOPLE = ['ann', 'bob', 'cho', 'dag', 'eva', 'fay', 'gus']
const MESSAGES = 4000

/** An mbox of a lively list: everybody answers somebody, and now and then a message is no mail at all. */
async function mbox(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'skrode-crash-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'lively.mbox')
  await writeFile(file, Array.from({ length: MESSAGES }, (_, index) => message(index)).join(''))
  return file
}

function message(index: number): string {
  const sent = new Date(Date.UTC(2023, 0, 1) + index * 3_600_000).toUTCString()
  const from = PEOPLE[index % PEOPLE.length]
  const to = PEOPLE[(index * 3 + 1) % PEOPLE.length]
  const parent = index > 0 ? `In-Reply-To: <${Math.floor(index * 0.9)}@example.org>\n` : ''
  const head = `From: ${from} <${from}@example.org>\nTo: ${to}@example.org\nList-Id: <lively.example.org>\nSubject: thing ${index % 50}\n`
  const body = Array.from(
    { length: 20 },
    (_, line) => `line ${line} of ${index} about https://example.org/${index % 97}`,
  )
  return `From mboxrd@z Mon Jan  1 00:00:00 2023\n${head}Message-ID: <${index}@example.org>\n${parent}Date: ${sent}\n\n${body.join('\n')}\n\n`
}

function start(url: string, file: string) {
  const program = new URL('ingest-mbox.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, url, file], { stdio: ['ignore', 'pipe', 'ignore'] })
  const exit = once(child, 'exit').then(([code]) => code)
  const committed = once(child.stdout, 'data')
  return { kill: () => child.kill('SIGKILL'), exit, committed }
}

test('ends in the same rows as an undisturbed run when it is killed again and again', {
  timeout: 180_000,
}, async () => {
  const file = await mbox()
  await using calm = await testDatabase()
  expect(await start(calm.url, file).exit).toBe(0)

  await using stormy = await testDatabase()
  for (let kills = 0; kills < 6; kills++) {
    const child = start(stormy.url, file)
    // At least one batch is committed, so that every run gets on; then it dies at some moment of the next ones.
    await child.committed
    await sleep(kills * 23)
    child.kill()
    await child.exit
  }
  expect(await start(stormy.url, file).exit).toBe(0)
  expect(await stormy.query('select from post where sent_at is not null')).toHaveLength(MESSAGES)
  expect(await dump(stormy)).toEqual(await dump(calm))
})

test('ends in the same rows when the database hangs up in the middle', { timeout: 180_000 }, async () => {
  const file = await mbox()
  await using calm = await testDatabase()
  expect(await start(calm.url, file).exit).toBe(0)

  await using stormy = await testDatabase()
  const child = start(stormy.url, file)
  await child.committed
  const code = child.exit.then(String)
  while ((await Promise.race([code, sleep(5)])) === undefined) {
    await stormy.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
  }
  expect(await code).toBe('1')
  expect(await start(stormy.url, file).exit).toBe(0)
  expect(await dump(stormy)).toEqual(await dump(calm))
})
