import { expect, test } from 'vitest'
import { cutsOf } from '../../ingesters/mail/mbox-split.ts'

/** Messages of all lengths, so that their separators lie anywhere in a chunk. */
const messages = Array.from(
  { length: 60 },
  (_, index) =>
    `From ann@example.org Mon Jul  1 11:26:47 2019\nSubject: ${index}\n\n${'x'.repeat((index * 997) % 4000)}\n\n`,
)
const mbox = Buffer.from(messages.join(''))

async function* chunksOf(first: number, size: number): AsyncGenerator<Buffer> {
  yield mbox.subarray(0, first)
  for (let at = first; at < mbox.length; at += size) yield mbox.subarray(at, at + size)
}

async function lengths(chunks: AsyncIterable<Buffer>): Promise<number[]> {
  const cuts = await Array.fromAsync(cutsOf(chunks, 0))
  return cuts.flat().map(({ bytes }) => bytes.length)
}

test('cuts an mbox at the same places wherever its chunks end', async () => {
  const whole = messages.map((message) => message.length)
  const wrong: number[] = []
  for (let first = 5000; first < 12_000; first++) {
    if ((await lengths(chunksOf(first, 65_536))).join() !== whole.join()) wrong.push(first)
  }
  expect(wrong).toEqual([])
  for (const size of [700, 2047, 2048, 2049, 4096]) expect(await lengths(chunksOf(size, size))).toEqual(whole)
})
