import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from '../../src/record/observation.ts'
import { store } from '../../src/store/store.ts'
import { testDatabase } from '../support/database.ts'
import { dump } from '../support/dump.ts'
import { history } from './history.ts'
import { at } from '../support/said.ts'

const inBatches = fc.record({
  things: history,
  order: fc.infiniteStream(fc.nat()),
  size: fc.integer({ min: 1, max: 12 }),
})

test('ends in the same rows whatever the order of arrival and the size of the batches', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(inBatches, async ({ things, order, size }) => {
      await using one = await testDatabase()
      await using other = await testDatabase()
      await store(one, { source: 'test', sightings: things.map((found) => ({ found })), now: at(31) })
      const shuffled = shuffle(things, order)
      for (let start = 0; start < shuffled.length; start += size) {
        const sightings = shuffled.slice(start, start + size).map((found) => ({ found }))
        await store(other, { source: 'test', sightings, now: at(31) })
      }
      expect(await dump(other)).toEqual(await dump(one))
    }),
    { numRuns: 15 },
  )
})

function shuffle(things: readonly Observation[], order: Iterable<number>): Observation[] {
  const keys = order[Symbol.iterator]()
  return things
    .map((thing) => ({ thing, key: keys.next().value ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing)
}

test('leaves one row each when four processes store overlapping people and threads at once', async () => {
  await using database = await testDatabase()
  const program = new URL('store-history.ts', import.meta.url).pathname
  const workers = [1, 2, 3, 4].map((seed) =>
    spawn(process.execPath, [program, database.url, String(seed)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  )
  const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0, 0])

  await using alone = await testDatabase()
  const [things] = fc.sample(history, { numRuns: 1, seed: 7 })
  for (let round = 0; round < 3; round++)
    await store(alone, { source: 'test', sightings: (things ?? []).map((found) => ({ found })), now: at(31) })
  expect(await dump(database)).toEqual(await dump(alone))
})
