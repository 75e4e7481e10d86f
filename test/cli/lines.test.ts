import { expect, test } from 'vitest'
import { bytes, count, duration } from '../../cli/amount.ts'
import { fit } from '../../cli/fit.ts'
import { table } from '../../cli/table.ts'

test.each([
  ['a short line', 10, 'a short l…'],
  ['a short line', 12, 'a short line'],
  ['a short line', 0, '…'],
  ['手紙の束', 5, '手紙…'],
  ['手紙の束', 8, '手紙の束'],
])('%s fits into %i places as %s', (text, places, fitted) => {
  expect(fit(text, places)).toBe(fitted)
})

test('cells stand below each other, whatever they hold', () => {
  const rows = [
    ['Ann', '1'],
    ['手紙', '1,000'],
    ['a\nb\u001b', '20'],
  ]
  expect(table(rows, ['left', 'right'])).toEqual(['Ann       1', '手紙  1,000', 'a b\ufffd     20'])
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.00 kB'],
  [138_900_000, '139 MB'],
  [999_900, '1.00 MB'],
])('%i bytes are %s', (number, text) => {
  expect(bytes(number)).toBe(text)
})

test.each([
  [0.04, '0.0 s'],
  [59, '59 s'],
  [65, '1 min 5 s'],
  [7_800, '2 h 10 min'],
  [300_000, '3 days'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test('thousands are set apart', () => {
  expect([7, 1000, 17_885, 1_234_567].map(count)).toEqual(['7', '1,000', '17,885', '1,234,567'])
})
