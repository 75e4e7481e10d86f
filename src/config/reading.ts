import {
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
} from 'yaml'
import { BROKEN, type ConfigMap, construct, isConfigMap, kindOf } from './constructed.ts'
import type { Lines } from './lines.ts'
import { type Path, keyOf } from './path.ts'
import { type Problems, whereOf } from './problems.ts'
import { readScalar } from './scalar.ts'
import { type SecretForm, secretFrom, secretKey } from './secret-key.ts'
import { suggestion } from './suggestion.ts'
import type { Tags } from './tag.ts'

/** What reading a config needs, and what it leaves behind. */
export interface Reading {
  /** What complaints call the file. */
  readonly shown: string
  /** The file's own folder. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly tags: Tags
  readonly problems: Problems
  readonly lines: Lines
  lineAt(offset: number): number
  /** Where secrets stand in the file itself. */
  readonly literalSecrets: string[]
  /** By name, what each `&anchor` that has been passed holds; undefined while it is being read. */
  readonly anchors: Map<string, Anchored | undefined>
  /** Values so far, what aliases repeat counted each time. */
  size: number
}

interface Anchored {
  readonly value: unknown
  readonly size: number
}

/** Deeper than any config that a person writes; the reading is recursive. */
const DEEPEST = 32
/** A few aliases of aliases make billions of values, which whoever walks the config would have to visit. */
const MOST_VALUES = 100_000

/** A URL with a password in it. */
const LOGIN = /\/\/[^/?#\s@:]*:[^/?#\s@]+@/

const CORE_TAGS = /^(!|tag:yaml\.org,2002:(str|int|float|bool|null|map|seq))$/

/**
 * The frozen value of a YAML node. What an anchor names is one object wherever an alias repeats it, constructors
 * have run, and secrets are hidden. What is wrong becomes `BROKEN` and a problem.
 */
export function readValue(node: unknown, path: Path, reading: Reading): unknown {
  reading.size += 1
  if (path.length > DEEPEST) return broken(node, path, `expected at most ${DEEPEST} levels`, reading)
  if (isAlias(node)) return aliased(node.source, node, path, reading)
  if (!isNode(node) || !node.anchor) return readNode(node, path, reading)

  const before = reading.size
  reading.anchors.set(node.anchor, undefined)
  const value = readNode(node, path, reading)
  reading.anchors.set(node.anchor, { value, size: reading.size - before + 1 })
  return value
}

function readNode(node: unknown, path: Path, reading: Reading): unknown {
  if (isNode(node) && node.tag !== undefined && !CORE_TAGS.test(node.tag))
    return tagged(node.tag, node, path, reading)
  if (isMap(node)) return readMap(node, path, reading)
  if (isSeq(node)) return readList(node, path, reading)
  if (!isScalar(node)) return null
  const { value, text, literal } = readText(node, path, reading)
  if (literal && LOGIN.test(text)) noteLiteral(node, path, reading)
  return value
}

function aliased(name: string, node: unknown, path: Path, reading: Reading): unknown {
  const anchored = reading.anchors.get(name)
  if (!anchored) {
    const circle = reading.anchors.has(name)
    const found = circle ? 'one that holds this alias' : `none${suggestion(name, reading.anchors.keys())}`
    return broken(node, path, `expected an anchor &${name} above, found ${found}`, reading)
  }
  reading.size += anchored.size
  if (reading.size <= MOST_VALUES) return anchored.value
  const value = broken(
    node,
    path,
    `expected at most ${MOST_VALUES} values, found more through aliases`,
    reading,
  )
  reading.problems.throwIfAny()
  return value
}

function tagged(tag: string, node: unknown, path: Path, reading: Reading): unknown {
  const name = tag.replace(/^!skrode\//, '')
  const maker = reading.tags.get(name)
  if (!maker || name === tag) {
    const known = [...reading.tags.keys()].map((name) => `!skrode/${name}`)
    return broken(node, path, `unknown constructor ${tag}${suggestion(tag, known)}`, reading)
  }
  const empty = isScalar(node) && (node.source ?? '') === ''
  if (!isMap(node) && !empty) return broken(node, path, `expected a map of options for ${tag}`, reading)

  const fields = isMap(node) ? readMap(node, path, reading) : {}
  const line = lineOf(node, reading)
  const value = maker.build(fields, (below, wanted) => {
    reading.problems.add(reading.lines.at(fields, below) ?? line, [...path, ...below], wanted)
  })
  if (value === undefined) return BROKEN
  reading.lines.copy(value, fields)
  return construct(name, value)
}

function readList(list: YAMLSeq, path: Path, reading: Reading): readonly unknown[] {
  const lines = new Map<number, number>()
  const values = list.items.map((item, at) => {
    const line = lineOf(item, reading)
    if (line !== undefined) lines.set(at, line)
    return readValue(item, [...path, at], reading)
  })
  reading.lines.note(values, lines)
  return Object.freeze(values)
}

function readMap(map: YAMLMap, path: Path, reading: Reading): ConfigMap {
  const entries: Entries = { values: new Map(), lines: new Map() }
  const isMerge = ({ key }: Pair) => isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
  const merged = map.items.map((pair) => {
    if (isMerge(pair)) return [readValue(pair.value, [...path, '<<'], reading)].flat()
    readEntry(pair, entries, path, reading)
    return []
  })
  for (const source of merged.flat()) merge(source, entries, map, path, reading)

  const made = Object.freeze(Object.fromEntries(entries.values))
  reading.lines.note(made, entries.lines)
  return made
}

interface Entries {
  readonly values: Map<string, unknown>
  readonly lines: Map<string, number>
}

function readEntry(
  { key: keyNode, value: node }: Pair,
  entries: Entries,
  path: Path,
  reading: Reading,
): void {
  const { values, lines } = entries
  const line = lineOf(keyNode, reading) ?? lineOf(node, reading)
  const written = isScalar(keyNode) ? keyNode.value : undefined
  if (typeof written !== 'string' || written === '') {
    return reading.problems.add(line, path, 'expected a key before the colon, found nothing')
  }
  const secret = secretKey(written)
  const key = secret?.name ?? written
  const at = [...path, key]
  if (values.has(key)) return reading.problems.add(line, at, `given twice, first in line ${lines.get(key)}`)

  if (line !== undefined) lines.set(key, line)
  values.set(key, secret ? readSecret(secret.form, node, at, reading) : readValue(node, at, reading))
}

/** Fills in what a map does not say itself, as YAML's merge key does (yaml.org/type/merge.html). */
function merge(
  source: unknown,
  { values, lines }: Entries,
  into: YAMLMap,
  path: Path,
  reading: Reading,
): void {
  if (source === BROKEN) return
  if (!isConfigMap(source)) {
    broken(into, [...path, '<<'], `expected a map to merge, found ${kindOf(source)}`, reading)
    return
  }
  for (const [key, value] of Object.entries(source)) {
    if (values.has(key)) continue
    values.set(key, value)
    const line = reading.lines.of(source, key)
    if (line !== undefined) lines.set(key, line)
  }
}

function readSecret(form: SecretForm, node: unknown, path: Path, reading: Reading): unknown {
  const text = isScalar(node) && node.value !== null ? readText(node, path, reading) : undefined
  const value = text ? (text.problem ? BROKEN : text.text) : readValue(node, path, reading)
  if (value === BROKEN) return BROKEN

  const where = whereOf(reading.shown, lineOf(node, reading), path)
  const secret = secretFrom(form, value, { where, folder: reading.folder, env: reading.env })
  if (typeof secret === 'string') return broken(node, path, `${secret}, found ${kindOf(value)}`, reading)

  if (form === 'text' && text?.literal && text.text !== '') noteLiteral(node, path, reading)
  if (isNode(node) && node.anchor) reading.anchors.set(node.anchor, { value: secret, size: 1 })
  return secret
}

function readText(scalar: Scalar, path: Path, reading: Reading) {
  const read = readScalar(scalar, reading.env)
  for (const problem of read.problems) reading.problems.add(lineOf(scalar, reading), path, problem)
  const problem = read.problems.length > 0
  return { ...read, value: problem ? BROKEN : read.value, problem }
}

function noteLiteral(node: unknown, path: Path, reading: Reading): void {
  reading.literalSecrets.push(`line ${lineOf(node, reading)}: ${keyOf(path)}`)
}

function broken(node: unknown, path: Path, wanted: string, reading: Reading): unknown {
  reading.problems.add(lineOf(node, reading), path, wanted)
  return BROKEN
}

function lineOf(node: unknown, reading: Reading): number | undefined {
  return isNode(node) && node.range ? reading.lineAt(node.range[0]) : undefined
}
