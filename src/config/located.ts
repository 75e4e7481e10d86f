import { ConfigError } from '../errors.ts'
import type { Config } from './config.ts'
import type { Path } from './path.ts'

/**
 * Gives a complaint about a part of the config the line of the very key it is about: whoever checks a part, such
 * as `Ingester.options`, knows the line of the part only. `path` leads to that part.
 */
export function located(error: ConfigError, config: Config, path: Path): ConfigError {
  const part = config.where(path)
  if (!error.where.startsWith(part)) return error
  const steps = Array.from(
    error.where.slice(part.length).matchAll(/\.([^.[\]]+)|\[(\d+)\]/g),
    ([, key, at]) => (key === undefined ? Number(at) : key),
  )
  return new ConfigError(config.where([...path, ...steps]), error.message.slice(error.where.length + 2))
}
