import type { Config } from '../src/config/config.ts'
import type { Database } from '../src/database/sql.ts'
import type { Given } from './given.ts'
import type { Io } from './io.ts'
import { yellow } from './styled.ts'

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
  /** The config, read at the first call; throws `ConfigError`. */
  config(): Promise<Config>
  /** The database that the config names, opened at the first call and closed by the frame. */
  database(): Promise<Database>
}

/** A context and what closes all that it opened. */
export interface OpenContext extends Context, AsyncDisposable {}

/** Where a context comes from. */
export interface Surroundings extends Pick<Context, 'io' | 'env' | 'cwd' | 'signal'> {
  readonly given: Given
}

/** A context whose database and config are opened when first asked for. */
export function openContext({ io, given, env, cwd, signal }: Surroundings): OpenContext {
  let reading: Promise<Config> | undefined
  let opening: Promise<Database> | undefined
  const config = (): Promise<Config> => (reading ??= readConfig({ io, given, env, cwd }))
  return {
    io,
    env,
    cwd,
    signal,
    json: given.flag('json'),
    verbose: given.flag('verbose'),
    now: () => new Date(),
    config,
    database: () => (opening ??= config().then(({ database }) => open(database, io, signal))),
    async [Symbol.asyncDispose]() {
      const database = await opening?.catch(() => undefined)
      await database?.[Symbol.asyncDispose]()
    },
  }
}

async function readConfig({ io, given, env, cwd }: Omit<Surroundings, 'signal'>): Promise<Config> {
  const { loadConfig } = await import('../src/config/config.ts')
  const file = given.text('config')
  const config = await loadConfig({ env, cwd, ...(file !== undefined && { file }) })
  for (const warning of config.warnings) io.note(yellow('warning:'), ` ${warning}`)
  return config
}

async function open(config: Config['database'], io: Io, signal: AbortSignal): Promise<Database> {
  const { openDatabase } = await import('../src/database/open.ts')
  return openDatabase(config, { signal, log: (line) => io.note(line) })
}
