import { ConfigError } from '../errors.ts'
import { type Path, keyOf } from './path.ts'

/** Gathers what is wrong in one config file, so that the operator sees all of it at once. */
export interface Problems {
  /**
   * `wanted` says what was expected and what was found; never a value that could be a secret. Throws once there
   * are more problems than a person reads at once.
   */
  add(line: number | undefined, path: Path, wanted: string): void
  /** Throws one `ConfigError` for everything gathered, in the order of the lines; nothing gathered, nothing thrown. */
  throwIfAny(): void
}

interface Problem {
  readonly line: number
  readonly where: string
  readonly wanted: string
}

const MOST = 50

/** Complaints about a file, which they call `shown`. */
export function problemsOf(shown: string): Problems {
  const found: Problem[] = []
  return {
    add(line, path, wanted) {
      found.push({ line: line ?? 0, where: whereOf(shown, line, path), wanted })
      if (found.length >= MOST) throw together(shown, found)
    },

    throwIfAny() {
      if (found.length > 0) throw together(shown, found)
    },
  }
}

/** `config.yml:12: ingesters.mail.what`: how every complaint begins. */
export function whereOf(shown: string, line: number | undefined, path: Path): string {
  const place = line === undefined ? shown : `${shown}:${line}`
  return path.length === 0 ? place : `${place}: ${keyOf(path)}`
}

function together(shown: string, found: readonly Problem[]): ConfigError {
  const inOrder = found.toSorted((a, b) => a.line - b.line)
  const [only, ...others] = inOrder
  if (only && others.length === 0) return new ConfigError(only.where, only.wanted)

  const count = found.length < MOST ? `${found.length} problems` : `${MOST} problems or more`
  return new ConfigError(
    shown,
    [count, ...inOrder.map(({ where, wanted }) => `${where}: ${wanted}`)].join('\n'),
  )
}
