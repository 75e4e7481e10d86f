import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { type AccountKey, serviceOf } from '../record/key.ts'
import { fold } from '../record/text.ts'
import { blobs, flags, texts, times, uuids } from './columns.ts'
import type { Person } from './people.ts'
import { pack } from './raw.ts'

/** The accounts of a batch after they were written. */
export interface Accounts {
  readonly ids: ReadonlyMap<AccountKey, string>
  /** Ids of those that are new. */
  readonly made: readonly string[]
}

/** Writes accounts; a new one gets a persona of its own. */
export async function writeAccounts(
  tx: Sql,
  people: ReadonlyMap<AccountKey, Person>,
  services: ReadonlyMap<string, string>,
): Promise<Accounts> {
  if (people.size === 0) return { ids: new Map(), made: [] }
  return upsertAccounts(tx, inOrder(people), services)
}

/**
 * Writes what the accounts call themselves, claim and show. Resolves to the ids of those that have a name or claim
 * that they had not.
 */
export async function writeDetails(
  tx: Sql,
  people: ReadonlyMap<AccountKey, Person>,
  ids: ReadonlyMap<AccountKey, string>,
): Promise<readonly string[]> {
  if (people.size === 0) return []
  const sorted = inOrder(people)
  const [named, claiming] = await Promise.all([
    upsertNames(tx, sorted, ids),
    upsertClaims(tx, sorted, ids),
    updateProfiles(tx, sorted),
  ])
  return [...named, ...claiming]
}

function inOrder(people: ReadonlyMap<AccountKey, Person>): Sorted {
  return [...people].sort(([a], [b]) => (a < b ? -1 : 1))
}

type Sorted = readonly (readonly [AccountKey, Person])[]

/** In the order of their keys, here and everywhere: two stores that lock the same rows then wait, and do not deadlock. */
async function upsertAccounts(
  tx: Sql,
  sorted: Sorted,
  services: ReadonlyMap<string, string>,
): Promise<Accounts> {
  const ids = new Map<AccountKey, string>()
  const known = await tx.query<{ key: AccountKey; id: string; first_seen: Date; last_seen: Date }>(
    'select key, id, first_seen, last_seen from account where key = any($1)',
    [texts(sorted.map(([key]) => key))],
  )
  const rows = new Map(known.map((row) => [row.key, row]))
  for (const { key, id } of known) ids.set(key, id)

  const wanted = sorted.filter(([key, { seen }]) => {
    const row = rows.get(key)
    return !row || seen.first < row.first_seen.getTime() || seen.last > row.last_seen.getTime()
  })
  if (wanted.length === 0) return { ids, made: [] }
  const fresh = new Map(wanted.map(([key]) => [key, newId()]))
  const written = await tx.query<{ key: AccountKey; id: string }>(
    `with written as (
       insert into account (id, service_id, key, persona_id, first_seen, last_seen)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[])
       on conflict (key) do update set first_seen = least(account.first_seen, excluded.first_seen),
         last_seen = greatest(account.last_seen, excluded.last_seen)
       returning id, key, persona_id
     ), personas as (
       insert into persona (id) select persona_id from written where id = any($1)
     )
     select key, id from written`,
    [
      uuids([...fresh.values()]),
      uuids(wanted.map(([key]) => services.get(serviceOf(key)))),
      texts(wanted.map(([key]) => key)),
      uuids(wanted.map(() => newId())),
      times(wanted.map(([, { seen }]) => seen.first)),
      times(wanted.map(([, { seen }]) => seen.last)),
    ],
  )
  for (const { key, id } of written) ids.set(key, id)
  return { ids, made: written.filter(({ key, id }) => fresh.get(key) === id).map(({ id }) => id) }
}

/** The ids of the accounts that have a name they had not. */
async function upsertNames(tx: Sql, sorted: Sorted, ids: ReadonlyMap<AccountKey, string>): Promise<string[]> {
  const rows = sorted.flatMap(([key, { names }]) =>
    [...names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { name, seen }]) => ({ account: ids.get(key), name, seen })),
  )
  const fresh = rows.map(() => newId())
  const written = await tx.query<{ id: string; account_id: string }>(
    `insert into name (id, account_id, kind, value, folded, first_seen, last_seen)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
     on conflict (account_id, kind, value) where account_id is not null do update
       set first_seen = least(name.first_seen, excluded.first_seen), last_seen = greatest(name.last_seen, excluded.last_seen)
       where excluded.first_seen < name.first_seen or excluded.last_seen > name.last_seen
     returning id, account_id`,
    [
      uuids(fresh),
      uuids(rows.map(({ account }) => account)),
      texts(rows.map(({ name }) => name.kind)),
      texts(rows.map(({ name }) => name.value)),
      texts(rows.map(({ name }) => fold(name.value))),
      times(rows.map(({ seen }) => seen.first)),
      times(rows.map(({ seen }) => seen.last)),
    ],
  )
  return newOnes(written, fresh)
}

/** The ids of the accounts that claim something they did not. */
async function upsertClaims(
  tx: Sql,
  sorted: Sorted,
  ids: ReadonlyMap<AccountKey, string>,
): Promise<string[]> {
  const rows = sorted.flatMap(([key, { claims }]) =>
    [...claims]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { claim, seen }]) => ({ account: ids.get(key), claim, seen })),
  )
  if (rows.length === 0) return []

  const fresh = rows.map(() => newId())
  const written = await tx.query<{ id: string; account_id: string }>(
    `insert into claim (id, account_id, kind, value, how, verified, first_seen, last_seen)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::timestamptz[], $8::timestamptz[])
     on conflict (account_id, kind, value, how) do update
       set first_seen = least(claim.first_seen, excluded.first_seen), last_seen = greatest(claim.last_seen, excluded.last_seen),
         verified = claim.verified or excluded.verified
       where excluded.first_seen < claim.first_seen or excluded.last_seen > claim.last_seen or excluded.verified and not claim.verified
     returning id, account_id`,
    [
      uuids(fresh),
      uuids(rows.map(({ account }) => account)),
      texts(rows.map(({ claim }) => claim.kind)),
      texts(rows.map(({ claim }) => claim.value)),
      texts(rows.map(({ claim }) => claim.how)),
      flags(rows.map(({ claim }) => claim.verified ?? false)),
      times(rows.map(({ seen }) => seen.first)),
      times(rows.map(({ seen }) => seen.last)),
    ],
  )
  return newOnes(written, fresh)
}

function newOnes(written: readonly { id: string; account_id: string }[], fresh: readonly string[]): string[] {
  const ours = new Set(fresh)
  return written.filter(({ id }) => ours.has(id)).map(({ account_id }) => account_id)
}

/** Keeps the newest profile that any source showed. */
async function updateProfiles(tx: Sql, sorted: Sorted): Promise<void> {
  const shown = sorted.flatMap(([key, { profile }]) => (profile ? [{ key, ...profile }] : []))
  if (shown.length === 0) return
  await tx.query(
    `update account set as_of = i.as_of, raw = i.raw
     from unnest($1::text[], $2::timestamptz[], $3::bytea[]) as i (key, as_of, raw)
     where account.key = i.key and (account.as_of is null or account.as_of < i.as_of)`,
    [
      texts(shown.map(({ key }) => key)),
      times(shown.map(({ asOf }) => asOf)),
      blobs(shown.map(({ raw }) => pack(raw))),
    ],
  )
}
