import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { ConfigError } from '../errors.ts'
import { variable } from './environment.ts'

/** Where the config may be named from. */
export interface Surroundings {
  /** As given to `-c`. */
  readonly file?: string
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/** A config file: where it is, and what complaints call it. */
export interface ConfigFile {
  readonly path: string
  readonly shown: string
}

/**
 * The config file: the one named by `-c`, else by `SKRODE_CONFIG`, else `./config.yml`, else
 * `$XDG_CONFIG_HOME/skrode/config.yml`. Undefined where there is none; throws where one is named and missing.
 */
export function findConfig({ file, env, cwd }: Surroundings): ConfigFile | undefined {
  if (file !== undefined) return named(file, cwd, '--config')
  const fromEnvironment = variable(env, 'SKRODE_CONFIG')
  if (fromEnvironment !== undefined) return named(fromEnvironment, cwd, 'SKRODE_CONFIG')

  const own = join(baseFolder(env, 'XDG_CONFIG_HOME', '.config'), 'skrode', 'config.yml')
  return [
    { path: join(cwd, 'config.yml'), shown: 'config.yml' },
    { path: own, shown: own },
  ].find(({ path }) => existsSync(path))
}

/** The folder of everything that Skrode keeps: `SKRODE_HOME`, else `$XDG_DATA_HOME/skrode`, else `~/.local/share/skrode`. */
export function stateFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  const given = variable(env, 'SKRODE_HOME')
  return given ? resolve(cwd, given) : join(baseFolder(env, 'XDG_DATA_HOME', '.local/share'), 'skrode')
}

/** The owner's home folder. */
export function homeFolder(env: NodeJS.ProcessEnv): string {
  return variable(env, 'HOME') ?? homedir()
}

/** A relative base folder is to be ignored (XDG Base Directory Specification). */
function baseFolder(env: NodeJS.ProcessEnv, name: string, otherwise: string): string {
  const given = variable(env, name)
  return given && isAbsolute(given) ? given : join(homeFolder(env), otherwise)
}

function named(file: string, cwd: string, by: string): ConfigFile {
  const path = resolve(cwd, file)
  if (!existsSync(path)) throw new ConfigError(by, `expected a config file, found none at ${file}`)
  return { path, shown: file }
}
