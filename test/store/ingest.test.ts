import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { UnreadableItem } from '../../src/errors.ts'
import { defineIngester, type Sighting } from '../../src/ingest/ingester.ts'
import { readCursor } from '../../src/store/cursor.ts'
import { ingest } from '../../src/store/ingest.ts'
import { listSetAside } from '../../src/store/set-aside.ts'
import { testDatabase } from '../support/database.ts'
import { at, said } from '../support/said.ts'

/** An ingester that yields what it is given, from its cursor on. */
const given = defineIngester<{ things: Sighting['found'][]; pauseMs?: number; failAt?: number }>({
  about: 'what the test gives it',
  options: () => ({ things: [] }),
  async *read({ things, pauseMs, failAt }, { cursor, signal }) {
    const from = Number((await cursor('all')) ?? 0)
    for (const [index, found] of things.entries()) {
      if (index < from || !found) continue
      if (signal.aborted) return
      if (index === failAt) throw new Error('the source went away')
      if (pauseMs) await sleep(pauseMs)
      yield { found, upTo: { stream: 'all', value: String(index + 1) } }
    }
  },
})

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => said(`m${index}`, { sentAt: at(1) }))
const run = (signal = new AbortController().signal) => ({ source: 'given', signal, now: () => at(31) })

test('stores all that a source yields and goes on from its cursor the next time', async () => {
  await using database = await testDatabase()
  const things = many(1203)
  expect(await ingest(database, given, { things }, run())).toMatchObject({ stored: 1203 })
  expect(await readCursor(database, 'given', 'all')).toBe('1203')
  expect(await ingest(database, given, { things: [...things, said('new')] }, run())).toMatchObject({
    stored: 1,
    known: 0,
  })
})

test('keeps what was read before the source went away, and nothing is lost or doubled afterwards', async () => {
  await using database = await testDatabase()
  const things = many(900)
  await expect(ingest(database, given, { things, failAt: 700 }, run())).rejects.toThrow(
    'the source went away',
  )
  expect(await readCursor(database, 'given', 'all')).toBe('700')
  expect(await ingest(database, given, { things }, run())).toMatchObject({ stored: 200, known: 0 })
  expect(await database.query('select from post')).toHaveLength(900)
})

test('sets an unreadable item aside once, with its reason and payload, and reads the others', async () => {
  await using database = await testDatabase()
  const things = [
    said('a'),
    new UnreadableItem('no sender, no text', 'garbage'),
    said('b'),
    new UnreadableItem('no sender, no text', 'garbage'),
  ]
  for (const stored of [2, 0]) {
    await database.query('delete from cursor')
    expect(await ingest(database, given, { things }, run())).toEqual({
      stored,
      updated: 0,
      known: 2 - stored,
      setAside: 2,
    })
  }
  expect(await listSetAside(database, { limit: 9 })).toMatchObject([
    { source: 'given', stream: 'all', reason: 'no sender, no text', size: 7 },
  ])
})

test('commits what it has while the source is silent, so that a live message is found within a second', async () => {
  await using database = await testDatabase()
  const stop = new AbortController()
  const silent = defineIngester<undefined>({
    about: 'one message, then silence',
    options: () => undefined,
    async *read(_, { signal }) {
      yield { found: said('live') }
      await sleep(60_000, undefined, { signal }).catch(() => undefined)
    },
  })
  const reading = ingest(database, silent, undefined, run(stop.signal))
  await expect.poll(() => database.query('select from post'), { timeout: 1500 }).toHaveLength(1)
  stop.abort()
  expect(await reading).toMatchObject({ stored: 1 })
})

test('stops on an abort with everything that was read committed', async () => {
  await using database = await testDatabase()
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 300)
  const tally = await ingest(database, given, { things: many(5000), pauseMs: 2 }, run(stop.signal))
  expect(tally.stored).toBeGreaterThan(0)
  expect(await database.query('select from post')).toHaveLength(tally.stored)
  expect(await readCursor(database, 'given', 'all')).toBe(String(tally.stored))
})
