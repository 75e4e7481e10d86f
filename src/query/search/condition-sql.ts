import type { Interval } from './dates.ts'
import { lexemeQuery, type Sought } from './lexeme-query.ts'
import type { Condition, Query, Text } from './query.ts'

/** The ids that names in a query stand for: accounts, channels, services or posts. */
export type Ids = ReadonlyMap<Condition, readonly string[]>

/** A query as Postgres is asked it. */
export interface Compiled {
  /** About a row `p` of `post`; what was typed stands in `values` only. */
  readonly where: string
  readonly values: readonly unknown[]
  /** What posts are ranked by, as a `tsquery`; absent where no word is sought. */
  readonly rank?: string | undefined
  /** The words to show. */
  readonly sought: readonly Sought[]
  /** Nothing is asked once they are left out. */
  readonly isEmpty: boolean
  /** What was typed of words that are too common to be indexed, or of no words at all. */
  readonly ignored: readonly string[]
  /** Every post that matches was sent in this stretch. */
  readonly sent: Interval
}

/** A part of a query: about its words only, or about more. Undefined where nothing is left of it. */
type Part = { readonly tsquery: string } | { readonly sql: string } | undefined

interface Compiling {
  readonly ids: Ids
  readonly values: unknown[]
  readonly sought: Sought[]
  readonly ranked: string[]
  readonly ignored: string[]
}

/** Placeholders and tombstones have no date and are never found. */
const FOUND = 'p.sent_at is not null and p.tombstoned_at is null'

/** Turns a query into a condition, the words of it into as few `tsquery` as it can. */
export function compile(query: Query, ids: Ids): Compiled {
  const compiling: Compiling = { ids, values: [], sought: [], ranked: [], ignored: [] }
  const part = partOf(query, compiling, true)
  const { values, sought, ranked, ignored } = compiling
  const where = part ? `${FOUND} and ${sqlOf(part, compiling)}` : FOUND
  const rank = part && 'tsquery' in part && sought.length > 0 ? part.tsquery : ranked.join(' | ')
  return { where, values, sought, isEmpty: !part, ignored, sent: sentOf(query), ...(rank && { rank }) }
}

function partOf(query: Query, compiling: Compiling, isWanted: boolean): Part {
  switch (query.kind) {
    case 'and':
    case 'or':
      return combined(
        query.kind,
        query.parts.map((part) => partOf(part, compiling, isWanted)),
        compiling,
      )
    case 'not': {
      const part = partOf(query.part, compiling, !isWanted)
      if (!part) return undefined
      return 'tsquery' in part ? { tsquery: `!(${part.tsquery})` } : { sql: `(${part.sql}) is not true` }
    }
    case 'text':
      return textOf(query, compiling, isWanted)
    default:
      return { sql: conditionOf(query, compiling) }
  }
}

/** Words meet in one `tsquery`, which the index answers at once. */
function combined(kind: 'and' | 'or', parts: readonly Part[], compiling: Compiling): Part {
  const words = parts.flatMap((part) => (part && 'tsquery' in part ? [`(${part.tsquery})`] : []))
  const others = parts.flatMap((part) => (part && 'sql' in part ? [part.sql] : []))
  const tsquery = words.join(kind === 'and' ? ' & ' : ' | ')
  if (others.length === 0) return tsquery ? { tsquery } : undefined
  const all = tsquery ? [sqlOf({ tsquery }, compiling), ...others] : others
  return { sql: `(${all.join(` ${kind} `)})` }
}

function textOf({ text, prefix }: Text, { sought, ranked, ignored }: Compiling, isWanted: boolean): Part {
  const found = lexemeQuery(text, prefix)
  if (!found) {
    ignored.push(text)
    return undefined
  }
  if (isWanted) {
    sought.push(...found.sought)
    ranked.push(`(${found.tsquery})`)
  }
  return { tsquery: found.tsquery }
}

function sqlOf(part: NonNullable<Part>, compiling: Compiling): string {
  return 'sql' in part ? part.sql : `p.search @@ ${bind(compiling, part.tsquery)}::tsquery`
}

function conditionOf(condition: Exclude<Condition, Text>, compiling: Compiling): string {
  const ids = (): string => `any(${bind(compiling, compiling.ids.get(condition) ?? [])}::uuid[])`
  switch (condition.kind) {
    case 'from':
      return `p.author_id = ${ids()}`
    case 'to':
      return `exists (select from audience where post_id = p.id and account_id = ${ids()})`
    case 'in':
      return `p.channel_id = ${ids()}`
    case 'service':
      return `p.service_id = ${ids()}`
    case 'thread':
      return `p.id = ${ids()}`
    case 'has':
      return `exists (select from ${condition.what === 'link' ? 'post_link' : 'attachment'} where post_id = p.id)`
    case 'reply':
      return `exists (select from post_relation where from_id = p.id and kind = 'reply')`
    case 'sent':
      return sentIn(condition, compiling)
    default:
      return condition satisfies never
  }
}

function sentIn({ since, until }: Interval, compiling: Compiling): string {
  const from = since ? [`p.sent_at >= ${bind(compiling, since)}::timestamptz`] : []
  const to = until ? [`p.sent_at < ${bind(compiling, until)}::timestamptz`] : []
  return `(${[...from, ...to].join(' and ')})`
}

function bind({ values }: Compiling, value: unknown): string {
  return `$${values.push(value)}`
}

function sentOf(query: Query): Interval {
  const all = query.kind === 'and' ? query.parts : [query]
  const sent = all.filter((part) => part.kind === 'sent')
  const since = sent.flatMap((part) => part.since ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0]
  const until = sent.flatMap((part) => part.until ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0]
  return { ...(since && { since }), ...(until && { until }) }
}
