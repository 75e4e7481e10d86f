/** A stream of chance that repeats itself: the same seed gives the same stream. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  /** True this share of the time. */
  chance(share: number): boolean
  /** One of them. */
  pick<T>(from: readonly [T, ...T[]]): T
}

/** mulberry32: 32 bits of state, good enough to spread test data, four operations a number. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    below: (end) => Math.floor(next() * end),
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  }
}

/** How uneven ranks are: a greater shift flattens the top of them. */
export interface Law {
  readonly exponent: number
  readonly shift?: number
  readonly tableBits?: number
}

/**
 * Draws ranks from 0 to below `size` as Mandelbrot's form of Zipf's law has them: rank r comes up in proportion to
 * 1 / (r + shift) ^ exponent. Answers from a table drawn beforehand, so that a hundred million draws take seconds.
 */
export function zipf(
  size: number,
  { exponent, shift = 1, tableBits = 20 }: Law,
  random: Random,
): () => number {
  const upTo = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank++) upTo[rank] = sum += 1 / (rank + shift) ** exponent

  const table = new Uint32Array(1 << tableBits)
  for (let at = 0; at < table.length; at++) table[at] = firstAbove(upTo, (sum * (at + 0.5)) / table.length)
  return () => table[random.below(table.length)] ?? 0
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
