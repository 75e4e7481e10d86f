import type { Sql } from '../../src/database/sql.ts'
import { newId } from '../../src/record/id.ts'
import { type AccountKey, serviceOf } from '../../src/record/key.ts'
import type { Claim, Name } from '../../src/record/observation.ts'
import { fold } from '../../src/record/text.ts'

/** An account of the tests: `['github+user:ann', { handle: 'ann', display: 'Ann Arbour' }]`. */
export type TestAccount = readonly [
  key: AccountKey,
  known: {
    readonly handle?: string
    readonly display?: string | readonly string[]
    readonly claims?: readonly Claim[]
  },
]

/** Writes a persona with its accounts, row by row, and answers its id. */
export async function addPersona(
  sql: Sql,
  accounts: readonly TestAccount[],
  id: string = newId(),
): Promise<string> {
  await sql.query('insert into persona (id) values ($1)', [id])
  for (const account of accounts) await addAccount(sql, id, account)
  return id
}

/** Writes a human who owns some personas and takes part in others, and answers their id. */
export async function addHuman(
  sql: Sql,
  { owns = [], participates = [] }: { owns?: readonly string[]; participates?: readonly string[] },
): Promise<string> {
  const id = newId()
  await sql.query('insert into human (id) values ($1)', [id])
  const roles = [
    ...owns.map((persona) => ['owns', persona]),
    ...participates.map((persona) => ['participates', persona]),
  ]
  for (const [role, persona] of roles) {
    await sql.query(
      `insert into persona_control (id, human_id, persona_id, role, since) values ($1, $2, $3, $4, '2024-01-01Z')`,
      [newId(), id, persona, role],
    )
  }
  return id
}

async function addAccount(
  sql: Sql,
  persona: string,
  [key, { handle, display = [], claims = [] }]: TestAccount,
) {
  const id = newId()
  const service = serviceOf(key)
  await sql.query('insert into service (id, key, title) values ($1, $2, $2) on conflict do nothing', [
    newId(),
    service,
  ])
  await sql.query(
    `insert into account (id, service_id, key, persona_id, first_seen, last_seen)
     select $1, id, $3, $4, '2024-01-01Z', '2024-03-05Z' from service where key = $2`,
    [id, service, key, persona],
  )
  const names: Name[] = [display].flat().map((value) => ({ kind: 'display', value }))
  if (handle) names.push({ kind: 'handle', value: handle })
  for (const { kind, value } of names) {
    await sql.query(
      `insert into name (id, account_id, kind, value, folded, first_seen, last_seen)
       values ($1, $2, $3, $4, $5, '2024-01-01Z', '2024-03-05Z')`,
      [newId(), id, kind, value, fold(value)],
    )
  }
  for (const { kind, value, how } of claims) {
    await sql.query(
      `insert into claim (id, account_id, kind, value, how, first_seen, last_seen)
       values ($1, $2, $3, $4, $5, '2024-01-01Z', '2024-03-05Z')`,
      [newId(), id, kind, value, how],
    )
  }
}
