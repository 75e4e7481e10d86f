import type { Config } from './config.ts'
import { constructorOf } from './constructed.ts'
import { HIDDEN, isSecret } from './secret.ts'

/** A config as plain data for people: no secret, no login in a URL; what was one object is still one. */
export function describe(config: Config): Record<string, unknown> {
  const { where: _, ...shown } = config
  const known = new Map<object, unknown>()
  return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, plain(value, known)]))
}

/** The one function in a config besides `where` asks for a password. */
function plain(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'string') return withoutLogin(value)
  if (typeof value === 'function') return HIDDEN
  if (typeof value !== 'object' || value === null) return value
  if (isSecret(value)) return HIDDEN

  const before = known.get(value)
  if (before !== undefined) return before
  const made = Array.isArray(value)
    ? value.map((item: unknown) => plain(item, known))
    : plainMap(value, known)
  if (Object.keys(value).length > 0) known.set(value, made)
  return made
}

function plainMap(value: object, known: Map<object, unknown>): unknown {
  const map = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, known)]))
  const name = constructorOf(value)
  return name === undefined ? map : { ...map, kind: name }
}

/** A feed's URL may carry its reader's name and password. */
function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/?#\s@]+@/g, '//[secret]@')
}
