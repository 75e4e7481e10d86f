import { expect, test } from 'vitest'
import { cleanName, cleanText, fold } from '../../src/record/text.ts'

test('makes one line of a name and drops what could move the cursor or turn the writing around', () => {
  expect(cleanName('  Ann\u001b[2J\n\tArbour \u202etxt')).toBe('Ann [2J Arbour txt')
  expect(cleanName('Ann  Arbour')).toBe('Ann Arbour')
  expect(cleanName('Ann Arbour')).toBe('Ann Arbour')
})

test('cuts a name of ten thousand characters without cutting a character in half', () => {
  expect(cleanName('👩'.repeat(10_000))).toBe('👩'.repeat(400))
})

test('folds names that people spell in several ways to the same form', () => {
  expect(['É', 'é', 'E', 'e\u0301'].map(fold)).toEqual(['e', 'e', 'e', 'e'])
  expect(fold('Søren  Åßland')).toBe('soren assland')
})

test('gives Postgres text that it can hold', () => {
  expect(cleanText('a\0b\r\nc\rd\ud800')).toBe('ab\nc\nd\ufffd')
})
