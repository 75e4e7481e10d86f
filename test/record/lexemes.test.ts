import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachLexeme } from '../../src/record/lexemes.ts'

function lexemes(text: string): string[] {
  const found: string[] = []
  eachLexeme(text, (lexeme, position) => found.push(`${lexeme}:${position}`))
  return found
}

test('stems English words and folds case and accents', () => {
  expect(lexemes('Running RUNS naïve Café')).toEqual(['run:1', 'run:2', 'naiv:3', 'cafe:4'])
})

test('counts stop words as a position and does not index them', () => {
  expect(lexemes("the state of the art it's")).toEqual(['state:2', 'art:5'])
})

test('splits addresses, paths and identifiers into words that stand side by side', () => {
  expect(lexemes('ann@example.org pthread_mutex /usr/bin')).toEqual([
    'ann:1',
    'exampl:2',
    'org:3',
    'pthread:4',
    'mutex:5',
    'usr:6',
    'bin:7',
  ])
})

test('makes a word of every character where a script has no spaces', () => {
  expect(lexemes('日本語 ok')).toEqual(['日:1', '本:2', '語:3', 'ok:4'])
})

test('keeps words of other languages whole', () => {
  expect(lexemes('Größe Привет שלום')).toEqual(['gross:1', 'привет:2', 'שלום:3'])
})

test('cuts what is too long to be a word', () => {
  const [lexeme = ''] = lexemes('x'.repeat(10_000))
  expect(lexeme).toHaveLength(66)
})

test('reads a word the same alone and among others, however often it was met before', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 20 }), (words) => {
      const spaced = words.map((word) => word.replaceAll(/['’\u200d]/gu, ''))
      const together = lexemes(spaced.join(' \n ')).map((line) => line.replace(/:\d+$/, ''))
      expect(together).toEqual(
        spaced.flatMap((word) => lexemes(word).map((line) => line.replace(/:\d+$/, ''))),
      )
    }),
    { numRuns: 2000 },
  )
})

test('stays right when more different words pass than it remembers', () => {
  for (let index = 0; index < 300_000; index++) eachLexeme(`word${index}`, () => undefined)
  expect(lexemes('Running word7 word299999')).toEqual(['run:1', 'word7:2', 'word299999:3'])
})
