import type { Sql } from '../../src/database/sql.ts'
import { newId } from '../../src/record/id.ts'
import { accountKey } from '../../src/record/key.ts'
import { fold } from '../../src/record/text.ts'
import { texts, times, uuids } from '../../src/store/columns.ts'
import { type Random, seeded, zipf } from './random.ts'
import { word } from './words.ts'

const FIRST =
  `Anna John Maria Peter Sara David Laura Thomas Julia Martin Eva Jan Lena Paul Nina Daniel Sofia Michael
  Ida Robert Clara Mark Emma Simon Alice Andreas Elena Stefan Mia Lukas José Zoë Søren Łukasz François Jürgen`.split(
    /\s+/,
  )
const SERVICES = [
  'mail',
  'mail',
  'mail',
  'mail',
  'mail',
  'github',
  'github',
  'twitter',
  'twitter',
  'irc',
] as const
const HOSTS = ['example.org', 'example.com', 'example.net', 'mail.example', 'lists.example'] as const
const BEGAN = Date.UTC(2011, 10, 1)
const SPAN_MS = 15 * 365.25 * 86_400_000
const BATCH = 20_000

/** One invented person: what their accounts have in common. */
interface Invented {
  readonly first: string
  readonly last: string
  readonly persona: string
  readonly number: number
}

interface AccountRow {
  readonly id: string
  readonly key: string
  readonly service: string
  readonly persona: string
  readonly at: Date
  readonly names: readonly (readonly [kind: string, value: string])[]
  readonly email?: string
}

/**
 * Writes `count` accounts of invented people: seven in eight with one account, the rest with several, the first
 * with one in a hundred of all; some owned by humans, some merged away. Answers the accounts' ids, in order.
 */
export async function fillPeople(sql: Sql, count: number, seed: number): Promise<string[]> {
  const random = seeded(seed)
  const invent = inventor(random)
  const services = await addServices(sql)
  const ids: string[] = []
  const personas: string[] = []
  let batch: AccountRow[] = []
  for (let number = 0; ids.length < count; number++) {
    const person = invent(number)
    personas.push(person.persona)
    for (let nth = accountsOf(number, count, random); nth > 0 && ids.length < count; nth--) {
      const row = accountOf(person, ids.length, random)
      ids.push(row.id)
      batch.push(row)
    }
    if (batch.length >= BATCH || ids.length === count) {
      await writeBatch(sql, batch, services)
      batch = []
    }
  }
  await addHumans(sql, personas)
  return ids
}

function accountsOf(number: number, count: number, random: Random): number {
  if (number === 0) return Math.ceil(count / 100)
  return random.chance(7 / 8) ? 1 : 2 + random.below(4)
}

function inventor(random: Random): (number: number) => Invented {
  const first = zipf(2000, { exponent: 0.9 }, random)
  const last = zipf(40_000, { exponent: 0.8 }, random)
  return (number) => {
    const rank = first()
    return {
      first: FIRST[rank] ?? capital(word(rank * 3)),
      last: capital(word(last() + 50)),
      persona: newId(),
      number,
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function accountOf(person: Invented, number: number, random: Random): AccountRow {
  const service = random.pick(SERVICES)
  const handle = handleOf(person, random)
  const email = service === 'mail' ? `${handle}.${number}@${random.pick(HOSTS)}` : undefined
  const display = random.chance(0.85) ? [['display', `${person.first} ${person.last}`] as const] : []
  return {
    id: newId(),
    key: accountKey(service, email ?? (service === 'twitter' ? String(number) : `${handle}${number}`)),
    service,
    persona: person.persona,
    at: new Date(BEGAN + random.below(SPAN_MS)),
    names: [['handle', email ?? handle], ...display],
    ...(email && { email }),
  }
}

function handleOf({ first, last, number }: Invented, random: Random): string {
  const [a, b] = [fold(first), fold(last)]
  const forms = [
    `${a}${b}`,
    `${a.charAt(0)}${b}`,
    `${a}.${b}`,
    `${b}${random.below(100)}`,
    word(number),
    a + word(number),
  ]
  return forms[random.below(forms.length)] ?? a
}

async function addServices(sql: Sql): Promise<Map<string, string>> {
  const ids = new Map([...new Set(SERVICES)].map((key) => [key, newId()]))
  await sql.query(
    'insert into service (id, key, title) select id, key, key from unnest($1::uuid[], $2::text[]) as i (id, key)',
    [uuids([...ids.values()]), texts([...ids.keys()])],
  )
  return new Map(ids)
}

async function writeBatch(
  sql: Sql,
  rows: readonly AccountRow[],
  services: ReadonlyMap<string, string>,
): Promise<void> {
  const at = rows.map((row) => row.at)
  await sql.query('insert into persona select distinct unnest($1::uuid[]) on conflict do nothing', [
    uuids(rows.map(({ persona }) => persona)),
  ])
  await sql.query(
    `insert into account (id, service_id, key, persona_id, first_seen, last_seen)
     select *, now() from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[])`,
    [
      uuids(rows.map(({ id }) => id)),
      uuids(rows.map(({ service }) => services.get(service))),
      texts(rows.map(({ key }) => key)),
      uuids(rows.map(({ persona }) => persona)),
      times(at),
    ],
  )
  await writeNames(sql, rows)
  const claims = rows.filter(({ email }) => email)
  await sql.query(
    `insert into claim (id, account_id, kind, value, how, first_seen, last_seen)
     select id, account, 'email', value, 'profile', at, now()
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as i (id, account, value, at)`,
    [
      uuids(claims.map(() => newId())),
      uuids(claims.map(({ id }) => id)),
      texts(claims.map(({ email }) => email)),
      times(claims.map((row) => row.at)),
    ],
  )
}

async function writeNames(sql: Sql, rows: readonly AccountRow[]): Promise<void> {
  const names = rows.flatMap(({ id, at, names: all }) =>
    all.map(([kind, value]) => ({ id, at, kind, value })),
  )
  await sql.query(
    `insert into name (id, account_id, kind, value, folded, first_seen, last_seen)
     select *, now() from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
    [
      uuids(names.map(() => newId())),
      uuids(names.map(({ id }) => id)),
      texts(names.map(({ kind }) => kind)),
      texts(names.map(({ value }) => value)),
      texts(names.map(({ value }) => fold(value))),
      times(names.map(({ at }) => at)),
    ],
  )
}

/** One persona in ten has an owner; neighbours in that list belong to one human; one in a hundred was merged away. */
async function addHumans(sql: Sql, personas: readonly string[]): Promise<void> {
  const owned = personas.filter((_, index) => index % 10 === 0)
  const humans = owned.filter((_, index) => index % 2 === 0).map(() => newId())
  await sql.query('insert into human select unnest($1::uuid[])', [uuids(humans)])
  await sql.query(
    `insert into persona_control (id, human_id, persona_id, role, since)
     select id, human, persona, 'owns', now() from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as i (id, human, persona)`,
    [uuids(owned.map(() => newId())), uuids(owned.map((_, index) => humans[index >> 1])), uuids(owned)],
  )
  const gone = personas.filter((_, index) => index % 100 === 5)
  await sql.query(
    'insert into persona (id, merged_into) select gone, kept from unnest($1::uuid[], $2::uuid[]) as i (gone, kept)',
    [uuids(gone.map(() => newId())), uuids(gone)],
  )
}
