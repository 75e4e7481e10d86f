import { isSecret } from './secret.ts'

const CONSTRUCTORS = new WeakMap<object, string>()

/** Freezes a value that a constructor such as `!skrode/redis` made, and remembers which one it was. */
export function construct<Value extends object>(name: string, value: Value): Readonly<Value> {
  CONSTRUCTORS.set(value, name)
  for (const part of Object.values(value)) Object.freeze(part)
  return Object.freeze(value)
}

/** `redis` for what `!skrode/redis` made; undefined for whatever no constructor made. */
export function constructorOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? CONSTRUCTORS.get(value) : undefined
}

/** Stands for a value that has been complained about already, so that nothing complains of it twice. */
export const BROKEN: unknown = Object.freeze({})

/** A map of the config file. */
export type ConfigMap = Readonly<Record<string, unknown>>

/** Whether a value is a map as the operator wrote it: neither a list, nor a secret, nor made by a constructor. */
export function isConfigMap(value: unknown): value is ConfigMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    value !== BROKEN &&
    !Array.isArray(value) &&
    !isSecret(value) &&
    constructorOf(value) === undefined
  )
}

/** What a value is, for complaints: `a list`, `the number 5`, `a !skrode/redis`. Never a text, which may be secret. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${value}`
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text'
  if (Array.isArray(value)) return 'a list'
  if (isSecret(value)) return 'a secret'
  const name = constructorOf(value)
  return name === undefined ? 'a map' : `a !skrode/${name}`
}
