import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import type { AccountKey } from '../record/key.ts'
import { lockLinks } from './lock.ts'

/** Who says so, and when. */
export interface Word {
  /** `owner`, or the name of a rule. */
  readonly by: string
  readonly at: Date
}

/**
 * Makes the accounts one persona, inside the caller's transaction, and resolves to its id. The oldest of their
 * personas is kept; the others stay as ids that resolve to it. The word is kept as a decision between the accounts,
 * and what moved as a row of `merge_log`. Accounts that are one persona already are left as they are. Throws where
 * a key is of no account.
 */
export async function merge(tx: Sql, keys: readonly AccountKey[], word: Word): Promise<string> {
  await lockLinks(tx)
  const accounts = await accountsOf(tx, keys)
  const [kept, ...others] = [...new Set(accounts.map(({ persona_id }) => persona_id))].toSorted()
  if (!kept) throw new Error('expected accounts to merge, found none')
  if (others.length === 0) return kept

  await decide(tx, accounts, word)
  for (const gone of others) await moveAll(tx, kept, gone, word.at)
  return kept
}

interface AccountRow {
  readonly id: string
  readonly key: AccountKey
  readonly persona_id: string
}

async function accountsOf(tx: Sql, keys: readonly AccountKey[]): Promise<AccountRow[]> {
  const rows = await tx.query<AccountRow>(
    'select id, key, persona_id from account where key = any($1) order by id',
    [keys],
  )
  const missing = keys.find((key) => !rows.some((row) => row.key === key))
  if (missing) throw new Error(`expected an account ${missing}, found none`)
  return rows
}

/** The first account is the same as each of the others; that says it of all of them. */
async function decide(tx: Sql, [first, ...others]: readonly AccountRow[], { by, at }: Word): Promise<void> {
  await tx.query(
    `insert into decision (id, left_account_id, right_account_id, verdict, by_whom, at)
     select id, $2, account, 'same', $4, $5 from unnest($1::uuid[], $3::uuid[]) as i (id, account)`,
    [others.map(() => newId()), first?.id, others.map(({ id }) => id), by, at],
  )
}

async function moveAll(tx: Sql, kept: string, gone: string, at: Date): Promise<void> {
  const accounts = await tx.query<{ id: string }>(
    'update account set persona_id = $1 where persona_id = $2 returning id',
    [kept, gone],
  )
  const names = await tx.query<{ id: string }>(
    `update name set persona_id = $1 where persona_id = $2
     and not exists (select from name other where other.persona_id = $1 and other.value = name.value)
     returning id`,
    [kept, gone],
  )
  await tx.query('update persona set merged_into = $1 where id = $2', [kept, gone])
  const moved = { accounts: accounts.map(({ id }) => id), names: names.map(({ id }) => id) }
  await tx.query('insert into merge_log (id, kept_id, gone_id, moved, at) values ($1, $2, $3, $4, $5)', [
    newId(),
    kept,
    gone,
    JSON.stringify(moved),
    at,
  ])
}
