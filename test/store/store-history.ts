import * as fc from 'fast-check'
import { connect } from '../../src/database/connect.ts'
import { store } from '../../src/store/store.ts'
import { at } from '../support/said.ts'
import { history } from './history.ts'

// A process of its own for the test of concurrent stores: `store-history.ts URL SEED` stores the same history as its
// neighbours, three times, in small batches that start at a place of its own.
const [url = '', seed = '1'] = process.argv.slice(2)
await using database = connect({ connectionString: url })
const [things = []] = fc.sample(history, { numRuns: 1, seed: 7 })
const start = (Number(seed) * 5) % things.length
const mine = [...things.slice(start), ...things.slice(0, start)]
for (let round = 0; round < 3; round++) {
  for (let index = 0; index < mine.length; index += Number(seed)) {
    const sightings = mine.slice(index, index + Number(seed)).map((found) => ({ found }))
    await store(database, { source: 'test', sightings, now: at(31) })
  }
}
