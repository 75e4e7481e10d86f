import { UnreadableItem } from '../../src/errors.ts'
import { oneLine, readable } from '../../ingesters/atom/html.ts'
import type { Entry, Feed, Markup, Person } from '../../ingesters/atom/feed.ts'

/** One thing that a suite expects of a feed: a field by its path, as feedparser names it, and its value. */
export interface Expectation {
  /** `feed.title`, `entries.0.author_detail.name`. */
  readonly path: string
  readonly value: string | readonly number[]
}

const TERM = /^(entries\[\d+\]|feed)((?:\[\d+\]|\['\w+'\]|\.\w+)+) == (.+)$/s
const STRING = /^u?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/s

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
])

/**
 * The plain equalities of a feedparser test's `Expect:` line, which is Python. None where there is no such line or
 * where one of its terms says something else, the flag `bozo` aside, which tells whether the XML is well formed.
 */
export function expectationsIn(text: string): Expectation[] {
  const [, line = ''] = /^\s*Expect:\s*(.+?)\s*$/m.exec(text) ?? []
  const terms = line
    .split(/ and (?=(?:not )?bozo|\(?(?:entries|feed)\b)/)
    .filter((term) => !/^(not )?bozo$/.test(term))
  const read = terms.map((term) => expectation(term.replace(/^\((.*)\)$/s, '$1')))
  const plain = read.filter((term) => term !== undefined)
  return plain.length === read.length ? plain : []
}

/** Whether a feed has what is expected, in the eyes of a reader; undefined for a field that we do not read. */
export function agrees(feed: Feed, { path, value }: Expectation): boolean | undefined {
  const [, at, field = ''] = /^(?:feed|entries\.(\d+))\.(.+)$/.exec(path) ?? []
  if (at === undefined) return feedAgrees(feed, field, value)
  const entry = feed.entries[Number(at)]
  return entryAgrees(entry instanceof UnreadableItem ? undefined : entry, field, value)
}

function feedAgrees(feed: Feed, field: string, value: Expectation['value']): boolean | undefined {
  if (/^title(_detail\.value)?$/.test(field)) return looks(feed.title, value)
  if (field === 'link') return sameUrl(feed.homepage, value)
  return authorAgrees(feed.authors.length > 0 ? feed.authors : [feed.editor], field, value)
}

function entryAgrees(
  entry: Entry | undefined,
  field: string,
  value: Expectation['value'],
): boolean | undefined {
  if (/^title(_detail\.value)?$/.test(field)) return looks(entry?.title, value)
  if (/^(description|summary(_detail\.value)?|content\.0\.value)$/.test(field))
    return looks(entry?.body, value)
  if (field === 'link') return sameUrl(entry?.link, value)
  if (/^(id|guid)$/.test(field)) return entry?.id === value
  if (/^(published|updated|created)_parsed$/.test(field)) return sameTime(entry, value)
  const [, at, part] = /^enclosures\.(\d+)\.(href|url|type|length)$/.exec(field) ?? []
  if (!part) return authorAgrees(entry?.authors ?? [], field, value)
  const file = entry?.enclosures[Number(at)]
  return String({ type: file?.type, length: file?.size }[part] ?? file?.url) === value
}

function authorAgrees(
  people: readonly (Person | undefined)[],
  field: string,
  value: Expectation['value'],
): boolean | undefined {
  const [first] = people
  if (field === 'author')
    return [first?.name, first?.email, `${first?.name} (${first?.email})`].some((one) => one === value)
  const [, at = '0', part] = /^(?:author_detail|authors\.(\d+))\.(name|email|url|href)$/.exec(field) ?? []
  if (!part) return undefined
  const person = people[Number(at)]
  return part === 'name' || part === 'email' ? person?.[part] === value : sameUrl(person?.url, value)
}

/** The same to a reader: as text, or once the expected HTML is read, too. */
function looks(ours: Markup | undefined, wanted: Expectation['value']): boolean {
  if (typeof wanted !== 'string') return false
  const read = seen(ours)
  return (
    [squashed(wanted), seen({ format: 'html', text: wanted, base: undefined })].includes(read) ||
    ours?.text === wanted
  )
}

function seen(markup: Markup | undefined): string {
  if (!markup) return ''
  const { text, quoted } = readable(markup)
  return squashed([text, quoted].filter(Boolean).join(' ')) || oneLine(markup)
}

function squashed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function sameUrl(ours: string | undefined, wanted: Expectation['value']): boolean {
  return typeof wanted === 'string' && (ours ?? '') === (URL.parse(wanted)?.href ?? wanted)
}

function sameTime(entry: Entry | undefined, wanted: Expectation['value']): boolean {
  if (typeof wanted === 'string') return false
  const [year = 0, month = 0, ...rest] = wanted
  const time = Date.UTC(year, month - 1, ...rest.slice(0, 4))
  return entry?.published?.getTime() === time || entry?.updated?.getTime() === time
}

function expectation(term: string): Expectation | undefined {
  const [, start = '', steps = '', literal = ''] = TERM.exec(term) ?? []
  const value = stringOf(literal) ?? tupleOf(literal)
  const path = `${start}${steps}`
    .split(/[.[\]']+/)
    .filter(Boolean)
    .join('.')
  return value === undefined ? undefined : { path, value }
}

function stringOf(literal: string): string | undefined {
  const found = STRING.exec(literal)
  const written = found?.[1] ?? found?.[2]
  return written?.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gis,
    (_, x?: string, u?: string, other?: string) => {
      const code = x ?? u
      return code
        ? String.fromCodePoint(Number.parseInt(code, 16))
        : (ESCAPES.get(other ?? '') ?? other ?? '')
    },
  )
}

function tupleOf(literal: string): number[] | undefined {
  const [, numbers] = /^\((\d+(?:, \d+)+)\)$/.exec(literal) ?? []
  return numbers?.split(', ').map(Number)
}
