import { dirname } from 'node:path'
import type { EmbeddedConfig, ServerParts } from '../database/database-config.ts'
import { ConfigError } from '../errors.ts'
import { construct } from './constructed.ts'
import { contentOf } from './content.ts'
import { variable } from './environment.ts'
import { type ConfigFile, type Surroundings, findConfig, stateFolder } from './find.ts'
import { EMPTY, type Layout } from './layout.ts'
import { type Path, keyOf } from './path.ts'
import { type SqlServer, readSqlUrl } from './sql-server.ts'

/** Everything that the owner decides, checked once and frozen; whoever needs a part of it is handed that part. */
export interface Config extends Omit<Layout, 'server'> {
  /** The config file, as an absolute path; absent where there is none. */
  readonly file?: string
  /** The folder of everything that Skrode keeps. */
  readonly home: string
  /** The password in it is asked of its `Secret` at every connection. */
  readonly database: EmbeddedConfig | ServerParts
  /** What the owner should know of, though nothing is wrong. */
  readonly warnings: readonly string[]
  /**
   * `config.yml:12: ingesters.mail`: how a complaint begins about a value that only its user can check, such as
   * the `where` of `Ingester.options`.
   */
  where(path: Path): string
}

/**
 * Finds, reads and checks the config. No file at all is a valid config. Throws one `ConfigError` that names key
 * and line of everything wrong.
 */
export async function loadConfig(surroundings: Surroundings): Promise<Config> {
  const { env, cwd } = surroundings
  const home = stateFolder(env, cwd)
  const override = serverFrom(env)
  const file = findConfig(surroundings)
  const { layout, warnings, where } = file ? await read(file, env) : NO_FILE
  const { server, ...parts } = layout
  return Object.freeze({
    ...(file && { file: file.path }),
    home,
    database: databaseOf(override ?? server, home, env),
    ...parts,
    warnings,
    where,
  })
}

const NO_FILE = { layout: EMPTY, warnings: EMPTY.own, where: keyOf } as const

/** Each command is a process of its own: the YAML parser is loaded only where there is something to parse. */
async function read(file: ConfigFile, env: NodeJS.ProcessEnv) {
  const content = await contentOf(file)
  const { readConfigText } = await import('./config-text.ts')
  return readConfigText({ ...content, shown: file.shown, folder: dirname(file.path), env })
}

function serverFrom(env: NodeJS.ProcessEnv): SqlServer | undefined {
  const url = variable(env, 'SKRODE_DATABASE_URL')
  if (url === undefined) return undefined
  const server = readSqlUrl(url)
  if (typeof server === 'string') throw new ConfigError('SKRODE_DATABASE_URL', server)
  return construct('sql', server)
}

function databaseOf(server: SqlServer | undefined, home: string, env: NodeJS.ProcessEnv): Config['database'] {
  if (!server) return Object.freeze({ kind: 'embedded', home })
  const { user = variable(env, 'USER') ?? 'postgres', password, ...rest } = server
  return Object.freeze({ ...rest, kind: 'server', user, ...(password && { password: password.reveal }) })
}
