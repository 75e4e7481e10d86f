import { type Clock, dateWords, readDate, type Interval } from './dates.ts'
import type { Condition, Query } from './query.ts'
import { type Token, tokensOf } from './tokens.ts'
import { unreadable } from './unreadable.ts'

const FIELDS = ['from', 'to', 'in', 'service', 'thread', 'before', 'after', 'on', 'has', 'is'] as const
type Field = (typeof FIELDS)[number]

/** Brackets and minus signs may stand this deep. */
const DEEPEST = 50

/** The state of one reading: the tokens and how far they are read. */
interface Reading {
  readonly query: string
  readonly tokens: readonly Token[]
  readonly clock: Clock
  next: number
  depth: number
}

/**
 * Reads a search query: words (all of them), "phrases", `-not`, `or`, brackets, `prefix*` and `field:value`.
 * Undefined where nothing is asked. Throws `UsageError` with the place of what it cannot read.
 */
export function readQuery(query: string, clock: Clock): Query | undefined {
  const reading: Reading = { query, tokens: tokensOf(query), clock, next: 0, depth: 0 }
  if (reading.tokens.length === 0) return undefined

  const found = alternatives(reading)
  const rest = reading.tokens[reading.next]
  if (rest) throw unreadable(query, rest.at, 'expected a bracket that opens before this one, found none')
  return found
}

function alternatives(reading: Reading): Query {
  const parts = [conjunction(reading)]
  while (taken(reading, 'or')) parts.push(conjunction(reading))
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts }
}

function conjunction(reading: Reading): Query {
  const parts = [condition(reading)]
  for (;;) {
    const kind = reading.tokens[reading.next]?.kind
    if (kind === undefined || kind === 'or' || kind === ')') break
    parts.push(condition(reading))
  }
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts }
}

function condition(reading: Reading): Query {
  const token = reading.tokens[reading.next++]
  switch (token?.kind) {
    case 'word':
      return wordOf(token.text, token.at)
    case 'phrase':
      return { kind: 'text', text: token.text, prefix: false, at: token.at }
    case 'field':
      return fieldOf(reading, token.name, token)
    case '-':
      return nested(reading, token, () => ({ kind: 'not', part: condition(reading) }))
    case '(':
      return nested(reading, token, () => bracketed(reading, token))
    default:
      throw unreadable(
        reading.query,
        token?.at ?? reading.query.length,
        `expected a word or a condition, found ${token ? `“${reading.query.slice(token.at, token.end)}”` : 'the end'}`,
      )
  }
}

/** Hostile depth must not become our own stack's. */
function nested(reading: Reading, { at }: Token, read: () => Query): Query {
  if (++reading.depth > DEEPEST)
    throw unreadable(reading.query, at, `expected at most ${DEEPEST} brackets in one another`)
  const found = read()
  reading.depth--
  return found
}

function bracketed(reading: Reading, opening: Token): Query {
  const found = alternatives(reading)
  if (taken(reading, ')')) return found
  throw unreadable(reading.query, opening.at, 'expected a bracket that closes this one, found the end')
}

function taken(reading: Reading, kind: Token['kind']): boolean {
  if (reading.tokens[reading.next]?.kind !== kind) return false
  reading.next++
  return true
}

function wordOf(text: string, at: number): Condition {
  const prefix = /[\p{L}\p{N}]\*$/u.test(text)
  return { kind: 'text', text: prefix ? text.slice(0, -1) : text, prefix, at }
}

function fieldOf(reading: Reading, name: string, token: Token): Condition {
  const field = FIELDS.find((known) => known === name)
  if (!field) {
    throw unreadable(
      reading.query,
      token.at,
      `expected one of ${FIELDS.map((known) => `${known}:`).join(' ')}, found ${name}: (put it in quotation marks to search for it)`,
    )
  }
  const value = reading.tokens[reading.next]
  if (
    (value?.kind !== 'word' && value?.kind !== 'phrase') ||
    value.at !== token.end ||
    value.text.trim() === ''
  ) {
    throw unreadable(reading.query, token.end, `expected ${WANTED[field]} right behind ${field}:`)
  }
  reading.next++
  return conditionOf(reading, field, value)
}

const WANTED: Readonly<Record<Field, string>> = {
  from: 'a name, handle, address, key or persona',
  to: 'a name, handle, address, key or persona',
  in: 'the title or key of a channel',
  service: 'the name of a service, such as mail',
  thread: 'the key of a post',
  before: 'a date',
  after: 'a date',
  on: 'a date',
  has: 'link or attachment',
  is: 'reply',
}

function conditionOf(reading: Reading, field: Field, value: Token & { readonly text: string }): Condition {
  const { text, at } = value
  switch (field) {
    case 'before': {
      const { since } = dateOf(reading, value)
      return { kind: 'sent', at, ...(since && { until: since }) }
    }
    case 'after': {
      const { since } = dateOf(reading, value)
      return { kind: 'sent', at, ...(since && { since }) }
    }
    case 'on':
      return { kind: 'sent', at, ...dateOf(reading, value) }
    case 'has': {
      const what = /^(link|attachment)s?$/i.exec(text)?.[1]?.toLowerCase()
      if (what === 'link' || what === 'attachment') return { kind: 'has', what, at }
      throw unreadable(reading.query, at, `expected ${WANTED.has}, found “${text}”`)
    }
    case 'is':
      if (/^reply$/i.test(text)) return { kind: 'reply', at }
      throw unreadable(reading.query, at, `expected ${WANTED.is}, found “${text}”`)
    default:
      return { kind: field, value: text.trim(), at }
  }
}

/** Dates may be several words (`last month`, `3 weeks`, `march 2024`): as many of those that follow as make one. */
function dateOf(reading: Reading, value: Token & { readonly text: string }): Interval {
  const words = [value.text]
  if (value.kind === 'word') {
    for (const token of reading.tokens.slice(reading.next, reading.next + 2)) {
      if (token.kind !== 'word') break
      words.push(token.text)
    }
  }
  for (let count = words.length; count > 0; count--) {
    const interval = readDate(words.slice(0, count).join(' '), reading.clock)
    if (!interval) continue
    reading.next += count - 1
    return interval
  }
  throw unreadable(reading.query, value.at, `expected a date (${dateWords}), found “${value.text}”`)
}
