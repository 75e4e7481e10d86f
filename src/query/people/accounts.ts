import type { Sql } from '../../database/sql.ts'
import type { AccountKey } from '../../record/key.ts'

/** One account of a persona, as `whois` shows it. */
export interface AccountCard {
  readonly service: string
  readonly key: AccountKey
  /** In the order of the persona's. */
  readonly names: readonly string[]
  readonly moreNames: number
  readonly firstSeen: Date
  readonly lastSeen: Date
}

/** The accounts of a persona and what it is called. */
export interface Held {
  readonly names: readonly string[]
  readonly accounts: readonly AccountCard[]
  /** How many accounts are left out. */
  readonly more: number
}

/** More of one persona's accounts, and more names of one account, than a page holds. */
const MOST_ACCOUNTS = 100
const MOST_NAMES = 50

/** The accounts of each persona, those of a huge one cut short. */
export async function accountsOf(sql: Sql, personas: readonly string[]): Promise<Map<string, Held>> {
  const accounts = await sql.query<AccountRow>(ACCOUNTS, [personas, MOST_ACCOUNTS])
  const names = await sql.query<NameRow>(NAMES, [accounts.map(({ id }) => id), personas, MOST_NAMES])
  const byHolder = Map.groupBy(names, ({ holder }) => holder)
  const byPersona = Map.groupBy(accounts, ({ persona }) => persona)
  return new Map(personas.map((id) => [id, held(byPersona.get(id) ?? [], byHolder, id)]))
}

interface AccountRow {
  readonly id: string
  readonly persona: string
  readonly key: AccountKey
  readonly service: string
  readonly first_seen: Date
  readonly last_seen: Date
  readonly total: number
}

interface NameRow {
  /** The account, or the persona that the owner named. */
  readonly holder: string
  readonly value: string
  readonly folded: string
  readonly kind: keyof typeof ORDER
  readonly total: number
}

const ORDER = { manual: 0, handle: 1, display: 2 } as const

function held(
  rows: readonly AccountRow[],
  names: ReadonlyMap<string, readonly NameRow[]>,
  persona: string,
): Held {
  const all = [persona, ...rows.map(({ id }) => id)].flatMap((holder) => names.get(holder) ?? [])
  return {
    names: inOrder(all),
    accounts: rows.map((row) => card(row, names.get(row.id) ?? [])),
    more: (rows[0]?.total ?? 0) - rows.length,
  }
}

function card({ service, key, first_seen, last_seen }: AccountRow, names: readonly NameRow[]): AccountCard {
  return {
    service,
    key,
    names: inOrder(names),
    moreNames: (names[0]?.total ?? 0) - names.length,
    firstSeen: first_seen,
    lastSeen: last_seen,
  }
}

/** By kind, then as a reader would sort them; the same on every machine. */
function inOrder(names: readonly NameRow[]): string[] {
  const sorted = names.toSorted(
    (a, b) => ORDER[a.kind] - ORDER[b.kind] || compare(a.folded, b.folded) || compare(a.value, b.value),
  )
  return [...new Set(sorted.map(({ value }) => value))]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

const ACCOUNTS = `
  select one.*, service.key as service
  from unnest($1::uuid[]) as persona (id) cross join lateral (
    select id, persona_id as persona, key, service_id, first_seen, last_seen, count(*) over ()::int as total
    from account where persona_id = persona.id order by key collate "C" limit $2
  ) one
  join service on service.id = one.service_id
  order by one.key collate "C"`

const NAMES = `
  select one.* from unnest($1::uuid[]) as account (id) cross join lateral (
    select account_id as holder, value, folded, kind, count(*) over ()::int as total
    from name where account_id = account.id order by kind desc, folded, value limit $3
  ) one
  union all
  select one.* from unnest($2::uuid[]) as persona (id) cross join lateral (
    select persona_id as holder, value, folded, kind, count(*) over ()::int as total
    from name where persona_id = persona.id order by folded, value limit $3
  ) one`
