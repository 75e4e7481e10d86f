import type { Database } from '../src/database/sql.ts'
import type { Given } from './given.ts'
import type { Io } from './io.ts'

/** What a command is given besides its own input. */
export interface Context {
  readonly io: Io
  /** The operator wants JSON on stdout. */
  readonly json: boolean
  /** The operator wants causes and details. */
  readonly verbose: boolean
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Aborts at Ctrl-C or SIGTERM: stop cleanly and return `EXIT.ok`; the frame makes it 130 or 143. */
  readonly signal: AbortSignal
  now(): Date
  /** The database, opened at the first call and closed by the frame. */
  database(): Promise<Database>
}

/** A context and what closes all that it opened. */
export interface OpenContext extends Context, AsyncDisposable {}

/** Where a context comes from. */
export interface Surroundings extends Pick<Context, 'io' | 'env' | 'cwd' | 'signal'> {
  readonly given: Given
}

/** A context whose database and config are opened when first asked for. */
export function openContext(surroundings: Surroundings): OpenContext {
  const { io, given, env, cwd, signal } = surroundings
  let opening: Promise<Database> | undefined
  return {
    io,
    env,
    cwd,
    signal,
    json: given.flag('json'),
    verbose: given.flag('verbose'),
    now: () => new Date(),
    database: () => (opening ??= openDatabase(surroundings)),
    async [Symbol.asyncDispose]() {
      const database = await opening?.catch(() => undefined)
      await database?.[Symbol.asyncDispose]()
    },
  }
}

async function openDatabase({ env }: Surroundings): Promise<Database> {
  const { connect } = await import('../src/database/connect.ts')
  return connect({ connectionString: env['SKRODE_DATABASE_URL'] })
}
