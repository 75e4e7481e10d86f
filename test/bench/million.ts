import type { Database } from '../../src/database/sql.ts'
import { fillPeople } from './million-people.ts'
import { fillPosts } from './million-posts.ts'

/** How much to invent. */
export interface Size {
  readonly accounts: number
  readonly posts: number
  readonly seed: number
}

/**
 * Fills an empty, migrated database that the role is superuser of with invented people and posts in rows as the store writes them, but past the
 * store: its own speed is another bench. Indexes are dropped before and made again after, which is how a million
 * rows come in within minutes; what the queries meet is the same.
 */
export async function fill(database: Database, { accounts, posts, seed }: Size): Promise<void> {
  const indexes = await dropIndexes(database)
  await database.transaction(async (tx) => {
    // What is written refers to what is there, so nobody needs to check each row of it.
    await tx.query('set local session_replication_role = replica')
    const ids = await fillPeople(tx, accounts, seed)
    await fillPosts(tx, posts, ids, seed + 1)
    await tx.query(`set local maintenance_work_mem = '1GB'`)
    for (const definition of indexes) await tx.query(definition, [], 'once')
  })
  await database.query('vacuum (analyze)', [], 'once')
}

/** Drops what no constraint needs and answers how to make it again. */
async function dropIndexes(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index join pg_class on pg_class.oid = indexrelid
     where indrelid in ('name'::regclass, 'claim'::regclass, 'account'::regclass, 'post'::regclass,
       'post_relation'::regclass, 'audience'::regclass)
       and not exists (select from pg_constraint where conindid = indexrelid)`,
  )
  for (const { name } of rows) await database.query(`drop index ${name}`, [], 'once')
  return rows.map(({ definition }) => definition)
}
