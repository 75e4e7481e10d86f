import type { Database } from '../database/sql.ts'
import { UsageError } from '../errors.ts'
import { type Compiled, compile } from './search/condition-sql.ts'
import { type Cursor, type RankCursor, readDateCursor, readRankCursor, writeCursor } from './search/cursor.ts'
import { FIRST_ID, findNewest, type Found, type Place } from './search/find-posts.ts'
import { readQuery } from './search/grammar.ts'
import { type Hit, hitsOf } from './search/hits.ts'
import { resolve } from './search/resolve.ts'
import { understood } from './search/understood.ts'

export interface SearchOptions {
  readonly sort: 'relevance' | 'date'
  /** How many posts a page holds. */
  readonly limit: number
  /** `next` of the page before. */
  readonly after?: string
  readonly now: Date
  /** IANA name of the time zone in which days begin; this process's own where absent. */
  readonly timezone?: string
}

/** One page of an answer. */
export interface Page {
  readonly hits: readonly Hit[]
  /** For `after`, where there is more. */
  readonly next?: string
  /** How the query was read, in words. */
  readonly understood: string
  /** What was typed of words that no index holds: too common, or none. */
  readonly ignored: readonly string[]
}

/**
 * So many of the newest that match are ranked together; then the next older ones. Ranking reads every one of them,
 * and of a common word the oldest seldom are the best.
 */
const RANKED = 500

/** The posts that a query finds. Throws `UsageError` for a query or a cursor that it cannot read. */
export async function search(database: Database, text: string, options: SearchOptions): Promise<Page> {
  const query = readQuery(text, options)
  if (!query) throw new UsageError('expected something to search for, found nothing')

  const resolved = await resolve(database, text, query)
  const ids = new Map([...resolved].map(([condition, { ids }]) => [condition, ids]))
  const compiled = compile(query, ids)
  if (compiled.isEmpty) {
    throw new UsageError(
      `expected words that are not in nearly every text, found only ${compiled.ignored.join(', ')}`,
    )
  }
  const { found, next } = await pageOf(database, compiled, options)
  return {
    hits: await hitsOf(database, found, compiled.sought),
    ...(next && { next: writeCursor(next) }),
    understood: understood(query, resolved),
    ignored: compiled.ignored,
  }
}

interface Ordered {
  readonly found: readonly Found[]
  readonly next?: Cursor
}

/** Where no word is sought there is nothing to rank by but the date. */
function pageOf(
  database: Database,
  query: Compiled,
  { sort, limit, after }: SearchOptions,
): Promise<Ordered> {
  if (sort === 'date' || query.rank === undefined) {
    const below = after === undefined ? undefined : readDateCursor(after)
    return byDate(database, { ...query, rank: undefined }, limit, below)
  }
  return byRelevance(database, query, limit, after === undefined ? {} : readRankCursor(after))
}

async function byDate(database: Database, query: Compiled, limit: number, below?: Place): Promise<Ordered> {
  const { posts } = await findNewest(database, query, limit + 1, below)
  const found = posts.slice(0, limit)
  const last = found.at(-1)
  return { found, ...(posts.length > limit && last && { next: { kind: 'date', below: last } }) }
}

async function byRelevance(
  database: Database,
  query: Compiled,
  limit: number,
  { block, behind }: Omit<RankCursor, 'kind'>,
): Promise<Ordered> {
  const { posts, more } = await findNewest(database, query, RANKED, block)
  const ranked = posts.toSorted(byRank).filter((post) => !behind || byRank(behind, post) < 0)
  const found = ranked.slice(0, limit)
  const [newest] = posts
  const oldest = posts.at(-1)
  const last = found.at(-1)
  if (ranked.length > limit && last && newest) {
    return { found, next: { kind: 'rank', block: block ?? justAbove(newest), behind: last } }
  }
  return { found, ...(more && oldest && { next: { kind: 'rank', block: oldest } }) }
}

/** What is stored between two pages must not move the posts that are ranked together. */
function justAbove({ sentAt }: Place): Place {
  return { sentAt: new Date(sentAt.getTime() + 1), id: FIRST_ID }
}

/** The best first, then the newest; no two posts stand at the same place. */
function byRank(a: Found, b: Found): number {
  const byDate = b.rank - a.rank || b.sentAt.getTime() - a.sentAt.getTime()
  return byDate || Number(a.id < b.id) - Number(a.id > b.id)
}
