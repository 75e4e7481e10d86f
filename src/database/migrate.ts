import { migrationFiles } from './migration-folder.ts'
import { SCHEMA_VERSION_TABLE, schemaVersion } from './schema-version.ts'
import type { Database, Sql } from './sql.ts'

/** One step of the schema. Its place in the list, counted from 1, is the version that it leads to. */
export interface Migration {
  readonly name: string
  /** Statements, run in order and in one transaction. */
  readonly up: readonly string[]
}

/** Keeps two processes from migrating at once: an advisory lock of this number ("skrode" in ASCII). */
const LOCK = 0x736b_726f_6465

/**
 * Brings the schema to the last version, a transaction for each step: what was done stays done when a later step
 * fails. Several processes may call this at once.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
): Promise<{ from: number; to: number }> {
  const from = await database.transaction((tx) => prepare(tx))
  for (const [at, migration] of migrations.entries()) {
    if (at >= from) await database.transaction((tx) => step(tx, migration, at + 1))
  }
  return { from, to: Math.max(from, migrations.length) }
}

/** Reads the migrations that this program brings. */
export function loadMigrations(): Promise<Migration[]> {
  return Promise.all(
    migrationFiles().map(async ({ name, url }) => {
      const module: { default?: { up?: unknown } } = await import(url.href)
      return { name, up: statementsOf(name, module.default?.up) }
    }),
  )
}

async function prepare(tx: Sql): Promise<number> {
  await lock(tx)
  await tx.query(SCHEMA_VERSION_TABLE, [], 'once')
  return schemaVersion(tx)
}

async function step(tx: Sql, { name, up }: Migration, version: number): Promise<void> {
  await lock(tx)
  if ((await schemaVersion(tx)) >= version) return
  for (const statement of up) {
    await tx.query(statement, [], 'once').catch((cause: unknown) => {
      throw new Error(`migration ${name} failed, and nothing of it was kept: ${String(cause)}`, { cause })
    })
  }
  await tx.query('insert into schema_version (version, name) values ($1, $2)', [version, name], 'once')
}

async function lock(tx: Sql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK], 'once')
}

function statementsOf(name: string, up: unknown): string[] {
  if (!Array.isArray(up)) throw new Error(`migration ${name} has no list of statements`)
  return up.map((statement: unknown) => {
    if (typeof statement !== 'string') throw new Error(`migration ${name} has a statement that is not a text`)
    return statement
  })
}
