import { codeOf } from './error-code.ts'
import type { Sql } from './sql.ts'

/** What a database says of itself before anything else is asked of it. */
export interface SchemaState {
  /** The schema's version; 0 for a database that holds nothing of ours. */
  readonly version: number
  /** Postgres's version as a number, such as 150018 for 15.18. */
  readonly server: number
}

/** The table of the migrations that were run. */
export const SCHEMA_VERSION_TABLE = `create table if not exists schema_version (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now()
)`

const OLDEST_SERVER = 150_000

/** Asks for both versions in one statement. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const server = `current_setting('server_version_num')::integer as server`
  const [state] = await sql
    .query<SchemaState>(
      `select (select coalesce(max(version), 0) from schema_version) as version, ${server}`,
      [],
      'once',
    )
    .catch((error: unknown) => {
      // Undefined table.
      if (codeOf(error) !== '42P01') throw error
      return sql.query<SchemaState>(`select 0 as version, ${server}`, [], 'once')
    })
  if (!state) throw new Error('the database did not tell its version')
  return state
}

/** The version of a schema whose table of versions is there. */
export async function schemaVersion(sql: Sql): Promise<number> {
  return (await schemaState(sql)).version
}

/** Throws when the server is too old for us, or the schema too new. */
export function assertReadable({ version, server }: SchemaState, known: number): void {
  if (server < OLDEST_SERVER) {
    throw new Error(
      `the database's server is PostgreSQL ${Math.floor(server / 10_000)}: skrode needs 15 or newer`,
    )
  }
  if (version > known) {
    throw new Error(`the database is at version ${version}, this program knows ${known}: upgrade skrode`)
  }
}
