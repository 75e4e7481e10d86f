import { type Path, valueAt } from './path.ts'

/** Remembers in which line each key of the config stands. */
export interface Lines {
  /** Notes the lines of the keys (or indexes) of a map or list. */
  note(holder: object, lines: ReadonlyMap<string | number, number>): void
  /** Gives `holder` the lines that were noted for `like`. */
  copy(holder: object, like: object): void
  of(holder: object, key: string | number): number | undefined
  /** The line of the deepest key of `path` that is known, sought from `top` down. */
  at(top: unknown, path: Path): number | undefined
}

/** Starts with no line known. */
export function noLines(): Lines {
  const known = new WeakMap<object, ReadonlyMap<string | number, number>>()
  return {
    note: (holder, lines) => void known.set(holder, lines),

    copy(holder, like) {
      const lines = known.get(like)
      if (lines) known.set(holder, lines)
    },

    of: (holder, key) => known.get(holder)?.get(key),

    at(top, path) {
      let line: number | undefined
      let holder: unknown = top
      for (const step of path) {
        if (typeof holder !== 'object' || holder === null) break
        line = known.get(holder)?.get(step) ?? line
        holder = valueAt(holder, step)
      }
      return line
    },
  }
}
