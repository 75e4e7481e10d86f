import { expect, test } from 'vitest'
import type { Database } from '../../src/database/sql.ts'
import { UnreadableItem } from '../../src/errors.ts'
import { listSetAside } from '../../src/store/set-aside.ts'
import { store } from '../../src/store/store.ts'
import { testDatabase } from '../support/database.ts'
import { skrode } from './skrode.ts'

const LETTER =
  'From: Ann <ann@example.org>\nMessage-ID: <1@example.org>\nDate: Sat, 6 Jan 2024 10:00:00 +0000\n\nhello\n'

test('list tells the newest first, with reason and place', async () => {
  await using database = await testDatabase()
  await setAside(database, 'mail', 'first')
  await setAside(database, 'mail', 'second')
  const { code, stdout } = await skrode(['set-aside', 'list'], at(database.url))
  expect(code).toBe(0)
  expect(stdout.split('\n').filter((line) => line.includes('bad: '))).toEqual([
    expect.stringMatching(/bad: second$/),
    expect.stringMatching(/bad: first$/),
  ])
})

test('show --raw gives back the bytes as they came', async () => {
  await using database = await testDatabase()
  await setAside(database, 'mail', 'caf\u00e9\u001b[2J\r\n')
  const [item] = await listSetAside(database, { limit: 1 })
  const { stdout } = await skrode(['set-aside', 'show', '--raw', item?.id ?? ''], at(database.url))
  expect(stdout).toBe('caf\u00e9\u001b[2J\r\n')
})

test('retry stores what can be read now, and forgets that it was set aside', async () => {
  await using database = await testDatabase()
  await setAside(database, 'mail', LETTER)
  const { code, stdout } = await skrode(['set-aside', 'retry', '--all'], at(database.url))
  expect({ code, stdout }).toEqual({ code: 0, stdout: '1 item could be read now, 0 still set aside\n' })
  expect(await database.query('select key from post')).toEqual([{ key: 'mail+post:1@example.org' }])
  expect(await listSetAside(database, { limit: 1 })).toEqual([])
})

test('retry keeps what its ingester cannot read by itself', async () => {
  await using database = await testDatabase()
  await setAside(database, 'atom', 'entry')
  const { stdout, stderr } = await skrode(['set-aside', 'retry', '--all'], at(database.url))
  expect(stdout).toBe('0 items could be read now, 1 still set aside\n')
  expect(stderr).toContain('atom cannot read single items again')
  expect(await listSetAside(database, { limit: 1 })).toHaveLength(1)
})

test('retry without ids is answered with 2', async () => {
  await using database = await testDatabase()
  const { code, stderr } = await skrode(['set-aside', 'retry'], at(database.url))
  expect(code).toBe(2)
  expect(stderr).toContain('expected ids or --all, found neither')
})

function at(url: string) {
  return { env: { SKRODE_DATABASE_URL: url } }
}

async function setAside(database: Database, source: string, raw: string): Promise<void> {
  const found = new UnreadableItem(`bad: ${raw.slice(0, 10)}`, raw)
  const sightings = [{ found, upTo: { stream: 'box', value: '1' } }]
  await store(database, { source, sightings, now: new Date() })
}
