import { BROKEN, type ConfigMap, constructorOf, isConfigMap, kindOf } from './constructed.ts'
import type { Path } from './path.ts'
import { type SqlServer, isSqlServer } from './sql-server.ts'
import { suggestion } from './suggestion.ts'

/** The parts of a config file. */
export interface Layout {
  /** The Postgres to use instead of the embedded one. */
  readonly server?: SqlServer
  /** By ingester, its options as the file gives them, for `Ingester.options`. */
  readonly ingesters: Readonly<Record<string, ConfigMap>>
  /** The owner's own e-mail addresses, lower case. */
  readonly own: readonly string[]
  /** The names of the parts to run as workers; a name that comes twice runs twice. */
  readonly workers: readonly string[]
  /** By name, every other part of the file: servers, queues, workers. What aliases share is one object. */
  readonly parts: ConfigMap
}

const NONE: readonly string[] = Object.freeze([])

/** What a file that says nothing means. */
export const EMPTY: Layout = Object.freeze({
  ingesters: Object.freeze({}),
  own: NONE,
  workers: NONE,
  parts: Object.freeze({}),
})

/** Says what was expected at a place in the file, and what was found. */
type Complain = (path: Path, wanted: string) => void

const OWN_KEYS = ['database', 'ingesters', 'own', 'workers'] as const

/** Sorts the top level of a config file into its parts, and complains of what belongs to none. */
export function layOut(top: unknown, complain: Complain): Layout {
  if (top === null || top === undefined) return EMPTY
  if (!isConfigMap(top)) {
    if (top !== BROKEN) complain([], `expected a map at the top, found ${kindOf(top)}`)
    return EMPTY
  }
  const parts = partsOf(top, complain)
  const server = serverOf(top, parts, complain)
  return Object.freeze({
    ...(server && { server }),
    ingesters: ingestersOf(top['ingesters'], complain),
    own: ownOf(top['own'], complain),
    workers: workersOf(top['workers'], parts, complain),
    parts,
  })
}

/** A part is a worker or the work of a constructor; what begins with `x-` is there for its aliases only. */
function partsOf(top: ConfigMap, complain: Complain): ConfigMap {
  const others = Object.entries(top).filter(
    ([key]) => !key.startsWith('x-') && !OWN_KEYS.some((own) => own === key),
  )
  const parts = others.filter(([key, value]) => {
    if (value === BROKEN || constructorOf(value) !== undefined) return true
    if (isConfigMap(value) && 'type' in value) return isWorker(key, value, complain)
    const hint =
      suggestion(key, OWN_KEYS) ||
      ' (a worker has a type, a server or queue a constructor such as !skrode/sql)'
    complain([key], `unknown key${hint}`)
    return false
  })
  return Object.freeze(Object.fromEntries(parts))
}

function isWorker(key: string, worker: ConfigMap, complain: Complain): boolean {
  const { type, target } = worker
  if (type !== BROKEN && type !== 'map' && type !== 'custom') {
    complain([key, 'type'], `expected map or custom, found ${kindOf(type)}`)
  }
  if (target !== BROKEN && (typeof target !== 'string' || target === '')) {
    complain([key, 'target'], `expected ingester:function, found ${kindOf(target)}`)
  }
  return true
}

/** The server under `database`; without that key, the only `!skrode/sql` of the file. */
function serverOf(top: ConfigMap, parts: ConfigMap, complain: Complain): SqlServer | undefined {
  const { database } = top
  if (isSqlServer(database)) return database
  if (database === BROKEN || database === 'embedded') return undefined
  if (database !== undefined) {
    complain(['database'], `expected embedded or a !skrode/sql, found ${kindOf(database)}`)
    return undefined
  }
  const servers = new Map(
    Object.entries(parts).flatMap(([key, part]) => (isSqlServer(part) ? [[part, key]] : [])),
  )
  const [only, second] = servers
  if (!second) return only?.[0]
  complain(
    [second[1]],
    `expected database to name one of the file's !skrode/sql: ${[...servers.values()].join(', ')}`,
  )
  return undefined
}

function ingestersOf(value: unknown, complain: Complain): Layout['ingesters'] {
  if (value === undefined || value === null || value === BROKEN) return EMPTY.ingesters
  if (!isConfigMap(value)) {
    complain(['ingesters'], `expected a map from ingesters to their options, found ${kindOf(value)}`)
    return EMPTY.ingesters
  }
  const blocks = Object.entries(value).map(([name, block]) => {
    if (isConfigMap(block)) return [name, block] as const
    if (block !== null && block !== BROKEN) {
      complain(['ingesters', name], `expected a map of options, found ${kindOf(block)}`)
    }
    return [name, Object.freeze({})] as const
  })
  return Object.freeze(Object.fromEntries(blocks))
}

function ownOf(value: unknown, complain: Complain): readonly string[] {
  return listOf(value, 'own', 'a list of your e-mail addresses', complain, (address, at) => {
    if (/^[^\s@]+@[^\s@]+$/.test(address)) return address.toLowerCase()
    complain(['own', at], 'expected an e-mail address, found other text')
    return undefined
  })
}

function workersOf(value: unknown, parts: ConfigMap, complain: Complain): readonly string[] {
  const known = Object.keys(parts).filter((key) => isConfigMap(parts[key]))
  return listOf(value, 'workers', 'a list of the names of workers', complain, (name, at) => {
    if (known.includes(name) || parts[name] === BROKEN) return name
    complain(['workers', at], `expected the name of a worker, found no ${name}${suggestion(name, known)}`)
    return undefined
  })
}

/** The texts of a list, each as `read` takes it; absent is empty. */
function listOf(
  value: unknown,
  key: string,
  wanted: string,
  complain: Complain,
  read: (item: string, at: number) => string | undefined,
): readonly string[] {
  if (value === undefined || value === null || value === BROKEN) return NONE
  if (!Array.isArray(value)) {
    complain([key], `expected ${wanted}, found ${kindOf(value)}`)
    return NONE
  }
  const items = value.flatMap((item: unknown, at) => {
    if (typeof item === 'string') return read(item, at) ?? []
    if (item !== BROKEN) complain([key, at], `expected text, found ${kindOf(item)}`)
    return []
  })
  return Object.freeze(items)
}
