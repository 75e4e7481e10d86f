import type { Sql } from '../../database/sql.ts'
import { fold } from '../../record/text.ts'
import { findPeople } from '../people/find.ts'
import { likeLiteral, patternOf } from '../people/pattern.ts'
import type { Condition, Query } from './query.ts'
import { conversation } from './thread.ts'
import { unreadable } from './unreadable.ts'

/** What a name in a query stands for. */
export interface Resolved {
  readonly ids: readonly string[]
  /** Whom or what that is, in words; where it is nobody, that. */
  readonly means: string
}

/** More people than this are not one person's name; the closest are taken. */
const MOST_PEOPLE = 100
const MOST_ACCOUNTS = 2000
const MOST_CHANNELS = 100

/**
 * Looks up every name in a query: people, channels, services and conversations. Throws `UsageError` for a service
 * or a post that is not known.
 */
export async function resolve(sql: Sql, text: string, query: Query): Promise<Map<Condition, Resolved>> {
  const found = new Map<Condition, Resolved>()
  for (const condition of conditionsOf(query)) {
    const resolved = await meaningOf(sql, text, condition)
    if (resolved) found.set(condition, resolved)
  }
  return found
}

/** Every condition of a query. */
export function conditionsOf(query: Query): Condition[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.flatMap((part) => conditionsOf(part))
    case 'not':
      return conditionsOf(query.part)
    default:
      return [query]
  }
}

async function meaningOf(sql: Sql, text: string, condition: Condition): Promise<Resolved | undefined> {
  switch (condition.kind) {
    case 'from':
    case 'to':
      return people(sql, condition.value)
    case 'in':
      return channels(sql, condition.value)
    case 'service':
      return service(sql, text, condition)
    case 'thread': {
      const ids = await conversation(sql, condition.value)
      if (ids.length === 0)
        throw unreadable(text, condition.at, `expected the key of a post, found ${condition.value}`)
      return { ids, means: `${ids.length} posts` }
    }
    default:
      return undefined
  }
}

/** All accounts of all personas that the name may mean. */
async function people(sql: Sql, name: string): Promise<Resolved> {
  const matches = await findPeople(sql, patternOf(name), {
    limit: MOST_PEOPLE,
    each: 'persona',
    words: true,
    exact: /@.+\.|\+user:/.test(name),
  })
  if (matches.length === 0) return { ids: [], means: 'nobody' }
  const rows = await sql.query<{ id: string }>(ACCOUNTS, [
    matches.flatMap(({ persona }) => persona ?? []),
    matches.flatMap(({ persona, human }) => (persona ? [] : (human ?? []))),
    MOST_ACCOUNTS,
  ])
  const who =
    matches.length === 1
      ? 'one persona'
      : `${matches.length === MOST_PEOPLE ? 'the closest ' : ''}${matches.length} personas`
  const accounts = rows.length === MOST_ACCOUNTS ? `the first ${rows.length}` : rows.length
  return {
    ids: rows.map(({ id }) => id),
    means: `${who}, ${accounts} account${rows.length === 1 ? '' : 's'}`,
  }
}

const ACCOUNTS = `
  select account.id from (
    select unnest($1::uuid[]) as id
    union
    select persona_id from persona_control where human_id = any($2::uuid[]) and role = 'owns' and until is null
  ) persona
  join account on account.persona_id = persona.id
  order by account.id limit $3`

/** By key, by the whole title, else by the beginning of a word of either. */
async function channels(sql: Sql, name: string): Promise<Resolved> {
  const folded = fold(name)
  const rows = await sql.query<{ id: string; key: string }>(CHANNELS, [
    folded,
    `%${likeLiteral(folded)}%`,
    MOST_CHANNELS,
  ])
  const means =
    rows.length === 0 ? 'no channel' : rows.length === 1 ? (rows[0]?.key ?? '') : `${rows.length} channels`
  return { ids: rows.map(({ id }) => id), means }
}

const CHANNELS = `
  with named as (
    select id, key, lower(key) = $1 or split_part(lower(key), '+channel:', 2) = $1 or lower(title) = $1 as is_whole
    from channel where lower(key) like $2 or lower(title) like $2
  )
  select id, key from named where is_whole or not exists (select from named where is_whole) order by key limit $3`

async function service(
  sql: Sql,
  text: string,
  { value, at }: { readonly value: string; readonly at: number },
): Promise<Resolved> {
  const rows = await sql.query<{ id: string; key: string }>('select id, key from service order by key')
  const found = rows.find(({ key }) => key === value.toLowerCase())
  if (found) return { ids: [found.id], means: found.key }
  const known = rows.length === 0 ? 'none is known yet' : `one of ${rows.map(({ key }) => key).join(', ')}`
  throw unreadable(text, at, `expected a service, ${known}, found “${value}”`)
}
