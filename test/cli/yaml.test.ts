import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Yaml, yaml } from '../../cli/yaml.ts'

test('leaves plain what every version of YAML takes for a string', () => {
  const document = {
    human: '62cef37c-e9fd-4f18-8f90-6d0500296037',
    names: ['somehandle', 'Some Name', 'ann@example.org', "Zoë O'Hara", '山田太郎'],
    accounts: [{ 'foreign key': 'github+user:somehandle', names: [] }],
    'more accounts': 9950,
  }
  expect(yaml(document)).toBe(`---
human: 62cef37c-e9fd-4f18-8f90-6d0500296037
names:
  - somehandle
  - Some Name
  - ann@example.org
  - Zoë O'Hara
  - 山田太郎
accounts:
  - foreign key: github+user:somehandle
    names: []
more accounts: 9950`)
})

const HOSTILE = [
  'null',
  'Yes',
  'off',
  'y',
  '~',
  '12',
  '1e3',
  '0o17',
  '017',
  '12:30:45',
  '2024-03-05',
  '.inf',
  '',
  ' ',
  'a: b',
]
  .concat(
    'a #b',
    '- a',
    '@a',
    '`a',
    '%a',
    '!a',
    '&a',
    '*a',
    '[a',
    '{a',
    '|',
    '>',
    '?',
    ':',
    'a:',
    "'a",
    '"a',
    'a\nb',
    'a\u0085b',
  )
  .concat(
    '\ufeffa',
    '\u202ea',
    'a\\',
    '<<',
    '=',
    '--- a',
    '...',
    '\u0000',
    '\u001b[31m',
    '👩‍🚀',
    'a ',
    ' a',
    '\ufffe',
    'a\tb',
  )

test.for(HOSTILE)('brings %j through both versions of YAML as it was', (text) => {
  const document = { names: [text], [text]: text }
  for (const version of ['1.1', '1.2'] as const) expect(parse(yaml(document), { version })).toEqual(document)
})

test('brings any value through both versions of YAML as it was', () => {
  const { value } = fc.letrec<{ value: Yaml }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...HOSTILE),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, (document) => {
      for (const version of ['1.1', '1.2'] as const)
        expect(parse(yaml(document), { version })).toEqual(document)
    }),
  )
})
