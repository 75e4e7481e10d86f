import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import skeleton from '../../etc/skeletons/ingester.ts'
import sample from '../../etc/skeletons/sample.ts'
import { UnreadableItem } from '../../src/errors.ts'
import { read } from './reading.ts'

test('the ingester to copy reads its sample, goes on from its cursor and sets a bad line aside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'skrode-skeleton-'))
  const good = await read(skeleton, await sample.good(folder))
  const again = await read(skeleton, await sample.good(folder), { from: good.cursors })
  const bad = await read(skeleton, await sample.bad(folder))
  await rm(folder, { recursive: true })

  expect(good.found).toHaveLength(sample.items)
  expect(again.found).toEqual([])
  expect(bad.found.map((item) => item instanceof UnreadableItem)).toEqual([false, true, false])
})
