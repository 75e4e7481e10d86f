import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeJson, safeText } from '../../cli/safe-text.ts'

const OBEYED = /(?![\t\n])[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const anyText = fc.string({ unit: 'binary', maxLength: 200 })

test('no text keeps anything that a terminal obeys', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(safeText(text)).not.toMatch(OBEYED)
    }),
  )
})

test('text without controls stays as it is', () => {
  expect(safeText('Zoë 👩‍💻 שלום\n\tæther')).toBe('Zoë 👩‍💻 שלום\n\tæther')
})

test('a carriage return cannot overwrite what stands before it', () => {
  expect(safeText('safe\rfake\r\nnext')).toBe('safe\ufffdfake\nnext')
})

test('JSON keeps nothing that a terminal obeys, and reads back whole', () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText), (value) => {
      const json = safeJson(value)
      expect(json).not.toMatch(/[\t\n]/)
      expect(OBEYED.test(json)).toBe(false)
      expect(new Map(Object.entries(JSON.parse(json)))).toEqual(new Map(Object.entries(value)))
    }),
  )
})
