/** Each is compared letter by letter. */
const MOST_KNOWN = 1000

/** ` (did you mean port?)` where one of the known words is a slip or two away from the given one, else nothing. */
export function suggestion(given: string, known: Iterable<string>): string {
  const [nearest] = Array.from(known)
    .slice(0, MOST_KNOWN)
    .map((word) => ({ word, slips: distance(given.toLowerCase().slice(0, 64), word.toLowerCase()) }))
    .filter(({ word, slips }) => slips <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.slips - b.slips)
  return nearest ? ` (did you mean ${nearest.word}?)` : ''
}

/** Slips between two words: a letter more, less, other, or two swapped (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      )
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
