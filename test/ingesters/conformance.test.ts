import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, UnreadableItem } from '../../src/errors.ts'
import { pluginsIn } from '../../src/folder.ts'
import type { Observation } from '../../src/record/observation.ts'
import { read } from './reading.ts'
import { ingesterIn, sampleOf } from './sample.ts'

const LONGEST_STOP_MS = 1000

test('an ingester without a sample is named', async () => {
  await expect(sampleOf('carrier-pigeon')).rejects.toThrow(
    'test/ingesters/samples/carrier-pigeon.ts is missing',
  )
})

describe.each(pluginsIn('ingesters'))('$name', ({ name, url }) => {
  test('says in one line what it reads', async () => {
    const { about } = await ingesterIn(url)
    expect(about).toMatch(/^\S.{0,98}\S$/)
  })

  test('names the key that an empty config lacks', async () => {
    const ingester = await ingesterIn(url)
    const { requiredKey } = await sampleOf(name)
    const check = () => ingester.options({}, 'ingest.sample')
    expect(check).toThrow(ConfigError)
    expect(check).toThrow(requiredKey)
  })

  test('reads its sample whole', async () => {
    await using folder = await temporaryFolder()
    const { good, items } = await sampleOf(name)
    const { found } = await read(await ingesterIn(url), await good(folder.path))
    expect(unreadable(found)).toEqual([])
    expect(found).toHaveLength(items)
    expect(items).toBeGreaterThanOrEqual(3)
  })

  test('a replay from its cursors repeats nothing', async () => {
    await using folder = await temporaryFolder()
    const { good } = await sampleOf(name)
    const block = await good(folder.path)
    const { cursors } = await read(await ingesterIn(url), block)
    const again = await read(await ingesterIn(url), block, { from: cursors })
    expect(cursors.size).toBeGreaterThan(0)
    expect(again.found).toEqual([])
  })

  test('goes on where it was cut off and misses nothing', async () => {
    await using folder = await temporaryFolder()
    const { good, items } = await sampleOf(name)
    const ingester = await ingesterIn(url)
    const block = await good(folder.path)
    for (let kept = 1; kept < items; kept++) {
      const first = await read(ingester, block, { after: (_, count) => (count >= kept ? 'stop' : undefined) })
      const rest = await read(ingester, block, { from: first.cursors })
      const whole = await read(ingester, block)
      expect(new Set(keys([...first.found, ...rest.found]))).toEqual(new Set(keys(whole.found)))
    }
  })

  test('stops within a second of an abort', async () => {
    await using folder = await temporaryFolder()
    const { good } = await sampleOf(name)
    const abort = new AbortController()
    let abortedAt = Number.POSITIVE_INFINITY
    await read(await ingesterIn(url), await good(folder.path), {
      signal: abort.signal,
      after: () => {
        abortedAt = Math.min(abortedAt, performance.now())
        abort.abort()
        return undefined
      },
    })
    expect(performance.now() - abortedAt).toBeLessThan(LONGEST_STOP_MS)
  })

  test('yields nothing when the abort came before the first item', async () => {
    await using folder = await temporaryFolder()
    const { good } = await sampleOf(name)
    const { found } = await read(await ingesterIn(url), await good(folder.path), {
      signal: AbortSignal.abort(),
    })
    expect(found).toEqual([])
  })

  test('sets a bad item aside with its reason and its bytes, and the rest arrives', async () => {
    await using folder = await temporaryFolder()
    const { bad, badItems } = await sampleOf(name)
    const { found } = await read(await ingesterIn(url), await bad(folder.path))
    const setAside = unreadable(found)
    expect({ good: found.length - setAside.length, bad: setAside.length }).toEqual(badItems)
    expect(setAside.filter(({ reason, raw }) => !/^[^\n]+[^\n.]$/.test(reason) || raw.length === 0)).toEqual(
      [],
    )
  })
})

function unreadable(found: readonly (Observation | UnreadableItem)[]): UnreadableItem[] {
  return found.filter((item) => item instanceof UnreadableItem)
}

function keys(found: readonly (Observation | UnreadableItem)[]): string[] {
  return found.map((item) => ('key' in item ? item.key : JSON.stringify(item)))
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'skrode-sample-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
