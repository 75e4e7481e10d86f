import { UsageError } from '../../errors.ts'

/** Characters of the query that are shown on each side of the place. */
const AROUND = 60

/** A complaint about a query: what was expected and found, then the query with a caret under the place. */
export function unreadable(query: string, at: number, why: string): UsageError {
  const line = query.replace(/\s/g, ' ')
  const start = Math.max(0, at - AROUND)
  const shown = line.slice(start, at + AROUND)
  const before = Array.from(line.slice(start, at)).length
  return new UsageError(`${why} (at character ${at + 1})\n  ${shown}\n  ${' '.repeat(before)}^`)
}
