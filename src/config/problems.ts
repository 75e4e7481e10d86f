import { ConfigError } from '../errors.ts'
import { type Path, keyOf } from './path.ts'

/** Gathers what is wrong in one config file, so that the operator sees all of it at once. */
export interface Problems {
  /** `wanted` says what was expected and what was found; never a value that could be a secret. */
  add(line: number | undefined, path: Path, wanted: string): void
  /** Throws one `ConfigError` for everything gathered, in the order of the lines; nothing gathered, nothing thrown. */
  throwIfAny(): void
}

/** More than a person reads at once. */
const MOST_SHOWN = 30

/** Complaints about a file, which they call `shown`. */
export function problemsOf(shown: string): Problems {
  const found: { readonly line: number; readonly where: string; readonly wanted: string }[] = []
  return {
    add(line, path, wanted) {
      found.push({ line: line ?? 0, where: whereOf(shown, line, path), wanted })
    },

    throwIfAny() {
      const [first, ...others] = found.sort((a, b) => a.line - b.line)
      if (!first) return
      if (others.length === 0) throw new ConfigError(first.where, first.wanted)

      const lines = found.slice(0, MOST_SHOWN).map(({ where, wanted }) => `${where}: ${wanted}`)
      if (found.length > MOST_SHOWN) lines.push(`and ${found.length - MOST_SHOWN} more`)
      throw new ConfigError(shown, [`${found.length} problems`, ...lines].join('\n'))
    },
  }
}

/** `config.yml:12: ingesters.mail.what`: how every complaint begins. */
export function whereOf(shown: string, line: number | undefined, path: Path): string {
  const place = line === undefined ? shown : `${shown}:${line}`
  return path.length === 0 ? place : `${place}: ${keyOf(path)}`
}
