import type { Sql } from '../../database/sql.ts'
import type { Compiled } from './condition-sql.ts'
import type { Interval } from './dates.ts'

/** How many posts match, and how all posts lie in time, as Postgres' statistics have it. */
export interface Spread {
  /** About how many posts match. */
  readonly matching: number
  /** About how many there are. */
  readonly total: number
  /** Dates between which equally many posts were sent, in milliseconds, ascending; fewer than two where unknown. */
  readonly bounds: readonly number[]
  /** Every post that matches was sent in this stretch. */
  readonly sent: Interval
}

/** How all posts lie in time; `matching` is what the planner expects of the query. */
export async function spreadOf(sql: Sql, { sent }: Compiled, matching: number): Promise<Spread> {
  const [statistics] = await sql.query<{ total: number; bounds: Date[] | null }>(STATISTICS)
  const total = Math.max(statistics?.total ?? 0, 0)
  return { matching, total, bounds: (statistics?.bounds ?? []).map((date) => date.getTime()), sent }
}

const STATISTICS = `
  select reltuples::float8 as total, (
    select histogram_bounds::text::timestamptz[] from pg_stats
    where schemaname = current_schema() and tablename = 'post' and attname = 'sent_at'
  ) as bounds
  from pg_class where oid = 'post'::regclass`

/** Which share of the posts that the query's dates allow matches, above 0 and at most 1. */
export function densityOf({ matching, total, bounds, sent }: Spread): number {
  const allowed = share(bounds, sent.until) - (sent.since ? share(bounds, sent.since) : 0)
  return Math.min(1, Math.max(matching, 1) / Math.max(total * allowed, 1))
}

/**
 * The date behind which, going back from `from`, this many posts were sent; undefined where that is all of them.
 */
export function dateBehind(
  { total, bounds, sent }: Spread,
  from: Date | undefined,
  reach: number,
): Date | undefined {
  const upper = Math.min(share(bounds, from), share(bounds, sent.until))
  const lower = upper - reach / Math.max(total, 1)
  if (bounds.length < 2 || lower <= (sent.since ? share(bounds, sent.since) : 0)) return undefined
  return new Date(dateAt(bounds, lower))
}

/** Which share of all posts was sent before a date. */
function share(bounds: readonly number[], date: Date | undefined): number {
  if (!date) return 1
  const above = bounds.findIndex((bound) => bound > date.getTime())
  if (above < 0) return 1
  const [low, high] = [bounds[above - 1], bounds[above]]
  if (low === undefined || high === undefined) return 0
  return (above - 1 + (date.getTime() - low) / (high - low)) / (bounds.length - 1)
}

function dateAt(bounds: readonly number[], share: number): number {
  const place = share * (bounds.length - 1)
  const low = bounds[Math.floor(place)] ?? 0
  const high = bounds[Math.floor(place) + 1] ?? low
  return Math.floor(low + (high - low) * (place - Math.floor(place)))
}
