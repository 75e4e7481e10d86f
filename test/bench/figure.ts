/** One measured number, as plain data. */
export interface Figure {
  /** What was measured, in words: `ingest of linux-man`. */
  readonly name: string
  /** A median where several runs were made. */
  readonly value: number
  /** `messages/s`, `ms`, `MB`, and so on. */
  readonly unit: string
  /** What it is compared with and that one's value in the same unit, measured in the same run. */
  readonly peer?: { readonly name: string; readonly value: number }
  /** How many times better than the peer, or how many times as much as a floor. */
  readonly ratio?: number
  readonly goal?: Goal
  /** Why a comparison is missing, or what else a reader must know. */
  readonly note?: string
}

/** A bound, either of the value itself or of its ratio to the peer's. */
export interface Goal {
  readonly of: 'value' | 'ratio'
  readonly bound: 'at least' | 'at most'
  readonly than: number
}

/** Whether a figure keeps its goal; undefined where it has none, or lacks the comparison that the goal is about. */
export function isMet({ value, ratio, goal }: Figure): boolean | undefined {
  const measured = goal?.of === 'ratio' ? ratio : value
  if (!goal || measured === undefined) return undefined
  return goal.bound === 'at least' ? measured >= goal.than : measured <= goal.than
}

/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2
}
