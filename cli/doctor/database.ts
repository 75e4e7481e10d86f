import type { Sql } from '../../src/database/sql.ts'
import type { Context } from '../context.ts'
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts'

/** The config; the rest can only be looked at where it can be read. */
export async function config(context: Context): Promise<Finding> {
  try {
    const { file } = await context.config()
    return ok('config', file ?? 'no file, and none is needed')
  } catch (error) {
    return fail('config', reasonOf(error), 'correct it; skrode config check says when it is right')
  }
}

/** Whether the database can be opened, and has what we need. */
export async function database(context: Context): Promise<Finding[]> {
  try {
    const sql = await context.database()
    return [await version(sql), await extension(sql), await durability(sql)]
  } catch (error) {
    return [fail('database', reasonOf(error), 'skrode db status tells where it is; -v tells the cause')]
  }
}

async function version(sql: Sql): Promise<Finding> {
  const [row] = await sql.query<{ server: string; schema: number }>(
    `select current_setting('server_version') as server, (select max(version) from schema_version) as schema`,
  )
  return ok('database', `PostgreSQL ${row?.server}, schema version ${row?.schema}`)
}

async function extension(sql: Sql): Promise<Finding> {
  const [row] = await sql.query<{ version: string }>(
    `select extversion as version from pg_extension where extname = 'pg_trgm'`,
  )
  if (row) return ok('extension', `pg_trgm ${row.version}`)
  return fail('extension', 'pg_trgm is missing', 'create extension pg_trgm in the database, as its owner')
}

/** With `fsync` off, a power cut can cost the database. */
async function durability(sql: Sql): Promise<Finding> {
  const [row] = await sql.query<{ fsync: string }>(`select current_setting('fsync') as fsync`)
  if (row?.fsync === 'on') return ok('durability', 'fsync is on')
  return warn(
    'durability',
    'fsync is off',
    'switch it on in postgresql.conf: a power cut can cost the database',
  )
}
