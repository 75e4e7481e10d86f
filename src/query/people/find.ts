import type { Sql } from '../../database/sql.ts'
import { estimatedRows } from '../estimate.ts'
import { oneEditAway } from './edits.ts'
import { CLOSE, COMMON, EARLY, INSIDE, MATCHING, SIMILAR, STARTS } from './find-sql.ts'
import { endOfPrefix, likeLiteral, type Pattern, regexLiteral } from './pattern.ts'

/** Somebody who matches: a persona as it is now, merges followed, or the human who owns it, or both. */
export interface Match {
  readonly persona?: string
  readonly human?: string
  /** How well it matches: a whole name, the beginning of one, a part of one, or one that is like it. */
  readonly rank: Rank
}

export type Rank = (typeof RANKS)[number]
const RANKS = ['exact', 'prefix', 'part', 'similar'] as const

export interface Wanted {
  /** How many at most. */
  readonly limit: number
  /** Whether a human counts once whatever their personas, as in `whois`, or each persona by itself. */
  readonly each: 'human' | 'persona'
  /** Whole names only. */
  readonly exact?: boolean
  /** Parts of names count only from the beginning of a word, and similar names do not. */
  readonly words?: boolean
  /** Only names of accounts on this service, by its key. */
  readonly service?: string
}

/** No pattern is worth more rows than this: past it, one persona has more names alike than anybody can have. */
const MOST_ROWS = 50_000

/**
 * Who matches a pattern, best first: a whole name, handle, address, key or id, then beginnings of names, then parts
 * of names, each with the closest length first; names that are merely similar only where nothing else matches.
 * A claim matches as a whole or by its beginning.
 */
export async function findPeople(sql: Sql, pattern: Pattern, wanted: Wanted): Promise<Match[]> {
  const found = new Map<string, Match>()
  if (pattern.claims.length === 0) return []
  for (const stage of stages(pattern, wanted)) {
    if (stage.last && found.size > 0) break
    if (stage.part && (await estimatedRows(sql, NAMES_LIKE, [stage.part])) < COMMON_ROWS) continue
    await search(sql, stage, wanted, found)
    if (found.size >= wanted.limit) break
  }
  return [...found.values()].slice(0, wanted.limit)
}

/** As many names as can be fetched and sorted without anybody noticing. */
const COMMON_ROWS = 4000
const NAMES_LIKE = 'select from name where folded like $1'

/** So many characters of a pattern tell names apart; the trigrams of more, such as a host's, cost more than they spare. */
const TELLING = 14

/** A statement whose `$1` is how many rows, `$2` the service, `$3` who was found before, and the rest `values`. */
interface Stage {
  readonly text: string
  readonly values: readonly unknown[]
  /** Only where many names hold this part, as a `like` pattern. */
  readonly part?: string
  /** Only where nothing was found before. */
  readonly last?: boolean
}

/** From cheap to dear. */
function* stages({ folded, claims, key, ids }: Pattern, { exact, words }: Wanted): Generator<Stage> {
  const [from, to] = ids ?? []
  yield { text: STARTS, values: [folded, endOfPrefix(folded), claims, key, from, to, exact ?? false] }
  if (exact || folded === '') return
  const word = { text: MATCHING, values: [folded, `\\m${regexLiteral(folded)}`] }
  if (words) return yield word

  const length = Array.from(folded).length
  const whole = `%${likeLiteral(folded)}%`
  const part = `%${likeLiteral(Array.from(folded).slice(0, TELLING).join(''))}%`
  yield { text: EARLY, values: [folded, endOfPrefix(folded), whole], part }
  yield { text: COMMON, values: [folded, endOfPrefix(folded), whole], part }
  yield length === 2
    ? { text: MATCHING, values: [folded, shortPattern(folded)] }
    : { text: INSIDE, values: [folded, part] }
  if (!/[\p{L}\p{N}]{3}/u.test(folded)) return

  const edits = oneEditAway(folded)
  yield {
    text: CLOSE,
    values: [folded, edits, edits.map((edit) => (length < 5 ? edit : endOfPrefix(edit)))],
    last: true,
  }
  yield { text: SIMILAR, values: [localPart(folded)], last: true }
}

/** What is alike in an address is what stands before the host, which thousands share. */
function localPart(folded: string): string {
  return /^([^@ ]{3,})@[^@ ]+$/.exec(folded)?.[1] ?? folded
}

/** Two characters have no trigram of their own, but with a neighbour or the edge of a word they have. */
function shortPattern(folded: string): string {
  const literal = regexLiteral(folded)
  return /^[a-z0-9]+$/.test(folded) ? `[a-z0-9 .@_+-]${literal}` : `(^| )${literal}|${literal}( |$)`
}

interface Row {
  readonly rank: number
  readonly persona: string | null
  readonly human: string | null
}

/**
 * Planned anew for each pattern: a plan for any pattern walks all names. Where one persona has hundreds of names
 * that match, the next look leaves out whoever was found.
 */
async function search(
  sql: Sql,
  { text, values }: Stage,
  wanted: Wanted,
  found: Map<string, Match>,
): Promise<void> {
  const known = new Set<string>()
  for (let rows = wanted.limit * 4 + 16; rows <= MOST_ROWS; ) {
    const hits = await sql.query<Row>(text, [rows, wanted.service, [...known], ...values], 'once')
    const before = known.size
    for (const { persona, human, rank } of hits) {
      if (persona) known.add(persona)
      const subject = (wanted.each === 'human' ? human : undefined) ?? persona ?? human
      if (subject === null || found.has(subject)) continue
      found.set(subject, {
        ...(persona && { persona }),
        ...(human && { human }),
        rank: RANKS[rank] ?? 'similar',
      })
    }
    if (found.size >= wanted.limit || hits.length < rows) return
    if (known.size === before) rows *= 16
  }
}
