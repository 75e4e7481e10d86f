import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { compile } from '../../src/query/search/condition-sql.ts'
import { readQuery } from '../../src/query/search/grammar.ts'
import type { Query } from '../../src/query/search/query.ts'

const CLOCK = { now: new Date('2024-03-13T15:00:00Z'), timezone: 'UTC' }

test.for([
  ['kernel', "'kernel'"],
  ['Kernels running', "('kernel') & ('run')"],
  ['kernel or user', "('kernel') | ('user')"],
  ['kernel OR user space', "('kernel') | (('user') & ('space'))"],
  ['(kernel or user) space', "(('kernel') | ('user')) & ('space')"],
  ['-kernel', "!('kernel')"],
  ['user -(kernel or space)', "('user') & (!(('kernel') | ('space')))"],
  ['"state of the art"', "'state' <3> 'art'"],
  ['“curly quotes”', "'cur' <1> 'quot'"],
  ['foo-bar', "'foo' <1> 'bar'"],
  ['ann@example.org', "'ann' <1> 'exampl' <1> 'org'"],
  ['kern*', "'kern':*"],
  ['running*', "('running':* | 'run')"],
  ['the kernel', "('kernel')"],
  ['東京', "'東' <1> '京'"],
  ["o'hara", "'o''hara'"],
  ['Größe', "'gross'"],
  ['a - b', "('b')"],
  ['12:30', "'12' <1> '30'"],
  ['https://example.org/x', "'https' <1> 'exampl' <1> 'org' <1> 'x'"],
  ['std::vector', "'std' <1> 'vector'"],
] as const)('asks the index for %j as %s', ([text, tsquery]) => {
  const { where, values } = compiled(text)
  expect(where).toContain('p.search @@ $1::tsquery')
  expect(values).toEqual([tsquery])
})

test('asks for conditions beside words', () => {
  const { where, values } = compiled('patch (has:link or is:reply) on:2024-03')
  expect(where).toBe(
    'p.sent_at is not null and p.tombstoned_at is null and (p.search @@ $3::tsquery and ' +
      "(exists (select from post_link where post_id = p.id) or exists (select from post_relation where from_id = p.id and kind = 'reply')) " +
      'and (p.sent_at >= $1::timestamptz and p.sent_at < $2::timestamptz))',
  )
  expect(values).toEqual([new Date('2024-03-01Z'), new Date('2024-04-01Z'), "('patch')"])
})

test.for([
  ['"open', 1, 'expected a quotation mark that closes this one, found the end'],
  ['a (b', 3, 'expected a bracket that closes this one, found the end'],
  ['a)', 2, 'expected a bracket that opens before this one, found none'],
  ['a or', 5, 'expected a word or a condition, found the end'],
  ['or a', 1, 'expected a word or a condition, found “or”'],
  ['()', 2, 'expected a word or a condition, found “)”'],
  [
    'x form:ann',
    3,
    'expected one of from: to: in: service: thread: before: after: on: has: is:, found form:',
  ],
  ['from: ann', 6, 'expected a name, handle, address, key or persona right behind from:'],
  ['x after:someday', 9, 'expected a date'],
  ['has:music', 5, 'expected link or attachment, found “music”'],
  ['is:read', 4, 'expected reply, found “read”'],
] as const)('says where %j cannot be read, and why', ([text, character, why]) => {
  const error = complaint(text)
  expect(error).toContain(why)
  expect(error).toContain(`(at character ${character})\n  ${text}\n  ${' '.repeat(character - 1)}^`)
})

test.for([
  ['2024', '2024-01-01', '2025-01-01'],
  ['2024-02', '2024-02-01', '2024-03-01'],
  ['2024-02-29', '2024-02-29', '2024-03-01'],
  ['march 2023', '2023-03-01', '2023-04-01'],
  ['"sep 2023"', '2023-09-01', '2023-10-01'],
  ['march', '2024-03-01', '2024-04-01'],
  ['april', '2023-04-01', '2023-05-01'],
  ['today', '2024-03-13', '2024-03-14'],
  ['yesterday', '2024-03-12', '2024-03-13'],
  ['this week', '2024-03-11', '2024-03-18'],
  ['last month', '2024-02-01', '2024-03-01'],
  ['last year', '2023-01-01', '2024-01-01'],
  ['7d', '2024-03-06', undefined],
  ['3 weeks', '2024-02-21', undefined],
  ['"2 months ago"', '2024-01-13', undefined],
] as const)('reads on:%s as from %s to %s', ([date, since, until]) => {
  expect(readQuery(`on:${date}`, CLOCK)).toEqual({
    kind: 'sent',
    at: 3,
    since: new Date(`${since}T00:00:00Z`),
    ...(until && { until: new Date(`${until}T00:00:00Z`) }),
  })
})

test('takes a month as long as the words behind it make one, and the rest as words', () => {
  expect(compiled('before:last month kernel').values).toEqual([new Date('2024-02-01Z'), "('kernel')"])
  expect(compiled('after:2023 3 kernels').values).toEqual([new Date('2023-01-01Z'), "('3') & ('kernel')"])
})

test('begins days at midnight of the time zone, on the days when the clocks change too', () => {
  const clock = { now: CLOCK.now, timezone: 'Europe/Berlin' }
  expect(readQuery('on:2024-03-31', clock)).toMatchObject({
    since: new Date('2024-03-30T23:00:00Z'),
    until: new Date('2024-03-31T22:00:00Z'),
  })
})

test.for(['2024-13', '2023-02-29', '0000', '99999 days', 'monday week', 'marchmallow 2024', '2024-3-4-5'])(
  'does not take %j for a date',
  (date) => expect(complaint(`on:"${date}"`)).toContain('expected a date'),
)

test('refuses brackets and minus signs in a thousand of one another', () => {
  expect(complaint(`${'('.repeat(900)}a${')'.repeat(900)}`)).toContain('at most 50')
  expect(complaint(`${'-('.repeat(400)}a`)).toContain('at most 50')
})

const pieces = fc.constantFrom(
  '(',
  ')',
  '"',
  '-',
  ' ',
  'or',
  '*',
  ':',
  "'",
  '\\',
  '$1',
  'from:',
  'on:',
  'is:reply',
  'has:link',
)
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.string()), { maxLength: 30 })
  .map((all) => all.join(''))

test('reads any text or says at which character it cannot', () => {
  fc.assert(
    fc.property(hostile, (text) =>
      /^(no complaint|.*\(at character \d+\)\n.*\n *\^)$/s.test(complaint(text)),
    ),
    { numRuns: 2000 },
  )
  expect.assertions(0)
})

test('lets nothing that was typed into the statement itself', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const query = readable(text)
      return !query || STATEMENT.test(compile(query, new Map()).where)
    }),
    { numRuns: 2000 },
  )
  expect.assertions(0)
})

const FIXED = [
  'p.sent_at is not null and p.tombstoned_at is null',
  String.raw`exists \(select from (post_link|attachment) where post_id = p.id\)`,
  String.raw`exists \(select from post_relation where from_id = p.id and kind = 'reply'\)`,
  String.raw`exists \(select from audience where post_id = p.id and account_id = any\(\$\d+::uuid\[\]\)\)`,
  String.raw`p\.(author_id|channel_id|service_id|id) = any\(\$\d+::uuid\[\]\)`,
  String.raw`p\.sent_at (>=|<) \$\d+::timestamptz`,
  String.raw`p\.search @@ \$\d+::tsquery`,
  String.raw`\(|\)| and | or | is not true`,
]
const STATEMENT = new RegExp(`^(${FIXED.join('|')})*$`)

function readable(text: string): Query | undefined {
  try {
    return readQuery(text, CLOCK)
  } catch {
    return undefined
  }
}

function compiled(text: string): ReturnType<typeof compile> {
  const query = readQuery(text, CLOCK)
  if (!query) throw new Error(`nothing is asked by ${text}`)
  return compile(query, new Map())
}

function complaint(text: string): string {
  try {
    readQuery(text, CLOCK)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'no complaint'
}
