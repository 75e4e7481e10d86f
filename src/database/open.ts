import type { PoolConfig } from 'pg'
import { connect } from './connect.ts'
import type { DatabaseConfig, ServerConfig } from './database-config.ts'
import { embeddedConnection } from './embedded-connection.ts'
import { codeOf } from './error-code.ts'
import { migrationFiles } from './migration-folder.ts'
import { type SchemaState, assertReadable, schemaState } from './schema-version.ts'
import type { Database } from './sql.ts'

/** How to open a database. */
export interface OpenOptions {
  readonly signal?: AbortSignal | undefined
  /** Whether an older schema is brought up to date, which is the default. */
  readonly migrate?: boolean
  /** Told, in a line each, what takes a while: a start, a recovery, a migration. */
  readonly log?: ((line: string) => void) | undefined
}

/** What the embedded server, or its socket, answers while it is not up (57P..) or not made to the end (3D000). */
const DOWN = /^(ENOENT|ECONNREFUSED|ECONNRESET|57P..|3D000)$/

/**
 * Opens the database that the config names, starting the embedded server where that is needed. Where it runs and its
 * schema is current, this costs a connection and one statement. Throws when the server is older than Postgres 15, and
 * when the schema is newer than this program.
 */
export async function openDatabase(config: DatabaseConfig, options: OpenOptions = {}): Promise<Database> {
  const database = connect(connectionOf(config))
  try {
    const state = await stateOf(database, config, options)
    const known = migrationFiles().length
    assertReadable(state, known)
    if (state.version < known && options.migrate !== false) await bringUpToDate(database, options)
    return database
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }
}

/** What `pg` and those who connect by themselves (the queue) need to reach the database that the config names. */
export function connectionOf(config: DatabaseConfig): PoolConfig {
  return config.kind === 'embedded' ? embeddedConnection(config.home) : serverConnection(config)
}

async function stateOf(
  database: Database,
  config: DatabaseConfig,
  options: OpenOptions,
): Promise<SchemaState> {
  try {
    return await schemaState(database)
  } catch (error) {
    if (config.kind === 'server') throw unreachable(config, error)
    if (!DOWN.test(codeOf(error) ?? '')) throw error
  }
  const { startEmbedded } = await import('./embedded.ts')
  await startEmbedded(config.home, options)
  return schemaState(database)
}

async function bringUpToDate(database: Database, { log }: OpenOptions): Promise<void> {
  const { loadMigrations, migrate } = await import('./migrate.ts')
  const { from, to } = await migrate(database, await loadMigrations())
  if (from > 0 && from < to) log?.(`brought the database from version ${from} to ${to}`)
}

function serverConnection(config: ServerConfig): PoolConfig {
  const ours = { application_name: 'skrode', options: '-c TimeZone=UTC' }
  if ('url' in config) return { ...ours, connectionString: config.url }
  const { kind: _, ...parts } = config
  return { ...ours, ssl: false, ...parts }
}

function unreachable(config: ServerConfig, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Error(`cannot open the database at ${whereabouts(config)}: ${why}`, { cause })
}

/** The server's address, without the password that a URL may hold. */
function whereabouts(config: ServerConfig): string {
  if (!('url' in config)) return `${config.host}:${config.port}/${config.database}`
  if (!URL.canParse(config.url)) return 'its URL'
  const { host, pathname, searchParams } = new URL(config.url)
  return `${searchParams.get('host') ?? host}${pathname}`
}
