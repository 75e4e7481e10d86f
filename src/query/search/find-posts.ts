import type { Database, Sql } from '../../database/sql.ts'
import { estimatedRows } from '../estimate.ts'
import type { Compiled } from './condition-sql.ts'
import { dateBehind, densityOf, type Spread, spreadOf } from './spread.ts'

/** A post that matches, and how well; 0 where nothing is ranked. */
export interface Found {
  readonly id: string
  readonly sentAt: Date
  readonly rank: number
}

/** A place between posts ordered from the newest to the oldest. */
export interface Place {
  readonly sentAt: Date
  readonly id: string
}

/** The newest posts that match, behind `below`. */
export interface Newest {
  readonly posts: readonly Found[]
  /** Whether older ones may match too. */
  readonly more: boolean
}

/** So few that all are looked at, whenever they were sent. */
const FEW = 2000
/** A stretch that holds no more posts than this is read through; from the text index come all posts of all times. */
const READ_THROUGH = 8000
/** How much longer each stretch of time is than the one before. */
const WIDER = 6
/** A look at everything that takes longer was planned on a wrong estimate; it is broken off and made in stretches. */
const PATIENCE_MS = 400

/**
 * The newest `count` posts that match, in order. Where few match they are fetched at once, to be ranked even if they
 * are more than `count`. Where many do, a stretch
 * of time that should hold enough is searched, then longer ones behind it, because neither the text index nor the
 * date index alone can give the newest of many cheaply.
 */
export async function findNewest(
  database: Database,
  query: Compiled,
  count: number,
  below?: Place,
): Promise<Newest> {
  const { where, values } = query
  const matching = await estimatedRows(database, `select from post p where ${where}`, values)
  const all = matching <= FEW ? await everything(database, query, count, below) : undefined
  if (all) return all

  const spread = await spreadOf(database, query, matching)
  const atLeast = matching <= FEW ? spread.total / 20 : matching
  return stretches(database, query, { ...spread, matching: atLeast }, count, below)
}

async function everything(
  database: Database,
  query: Compiled,
  count: number,
  below: Place | undefined,
): Promise<Newest | undefined> {
  try {
    return await database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = ${PATIENCE_MS}`)
      const most = query.rank === undefined ? count : Math.max(count, FEW / 2)
      const posts = await newest(tx, query, most, { below })
      return { posts, more: posts.length === most }
    })
  } catch (error) {
    if (isTimeout(error)) return undefined
    throw error
  }
}

/** SQLSTATE 57014, `query_canceled`. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}

async function stretches(
  sql: Sql,
  query: Compiled,
  spread: Spread,
  count: number,
  below: Place | undefined,
): Promise<Newest> {
  const posts: Found[] = []
  let upper = lowest(below, spread.sent.until)
  let reach = (count * 1.3) / densityOf(spread)
  for (;;) {
    const since = dateBehind(spread, upper?.sentAt, reach)
    const isRead = since !== undefined && reach <= READ_THROUGH
    posts.push(...(await newest(sql, query, count - posts.length, { since, below: upper, isRead })))
    if (posts.length >= count) return { posts, more: true }
    if (!since) return { posts, more: false }
    upper = { sentAt: since, id: FIRST_ID }
    reach *= WIDER
  }
}

function lowest(below: Place | undefined, until: Date | undefined): Place | undefined {
  if (!until || (below && below.sentAt < until)) return below
  return { sentAt: until, id: FIRST_ID }
}

/** No post sent at the same time stands below it. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

interface Bounds {
  readonly since?: Date | undefined
  readonly below?: Place | undefined
  /** Whether to go through the dates alone. */
  readonly isRead?: boolean
}

async function newest(sql: Sql, query: Compiled, count: number, bounds: Bounds): Promise<Found[]> {
  const { since, below, isRead } = bounds
  const values = [...query.values]
  const bind = (value: unknown): string => `$${values.push(value)}`
  const from = since ? `and p.sent_at >= ${bind(since)}` : ''
  const to = below ? `and (p.sent_at, p.id) < (${bind(below.sentAt)}, ${bind(below.id)})` : ''
  // No index answers what is asked of a truth value.
  const where = isRead ? `(${query.where}) is true` : query.where
  const rank = query.rank ? `ts_rank_cd(${WEIGHTS}, search, ${bind(query.rank)}::tsquery, ${BY_LENGTH})` : '0'
  return sql.query<Found>(
    `select id, sent_at as "sentAt", ${rank} as rank
     from (
       select p.id, p.sent_at, p.search from post p where ${where} ${from} ${to}
       order by p.sent_at desc, p.id desc limit ${bind(count)}
     ) newest
     order by sent_at desc, id desc`,
    values,
    'once',
  )
}

/** Of quotations, signatures, an author's own words and titles. */
const WEIGHTS = `'{0.05, 0.1, 0.6, 1}'`
/** Divides by 1 + the logarithm of the post's length. */
const BY_LENGTH = 1
