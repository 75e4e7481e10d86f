import { expect, test } from 'vitest'
import { type Figure, isMet, median } from './figure.ts'
import { type Result, tableOf, withFigures } from './report.ts'

const FIGURE: Figure = { name: 'a walk', value: 12, unit: 's' }

test('a goal about a ratio is neither met nor missed while the peer is missing', () => {
  const goal = { of: 'ratio', bound: 'at least', than: 6 } as const
  expect(isMet({ ...FIGURE, goal })).toBeUndefined()
  expect(isMet({ ...FIGURE, goal, ratio: 6 })).toBe(true)
  expect(isMet({ ...FIGURE, goal, ratio: 5.9 })).toBe(false)
})

test('a table says what was missed, and why there is no comparison', () => {
  const goal = { of: 'value', bound: 'at most', than: 10 } as const
  const [, , row] = tableOf([{ ...FIGURE, goal, note: 'no peer: a horse is not installed' }])
  expect(row).toContain('MISSED; no peer: a horse is not installed')
})

test('new figures replace what stands between the markers, and nothing else', () => {
  const page = '# Speed\n<!-- figures: written by npm run bench -->\nold\n<!-- end of figures -->\nrest\n'
  const machine = { cpu: 'abacus', cores: 2, memory: 1, kernel: 'none', node: '24', postgres: '18' }
  const result: Result = { part: 'walks', date: '2025-01-01', machine, figures: [FIGURE] }
  const drawn = withFigures(page, [result])

  expect(drawn).toMatch(/^# Speed\n/)
  expect(drawn).toMatch(/<!-- end of figures -->\nrest\n$/)
  expect(drawn).toContain('| a walk | 12 s ')
  expect(drawn).not.toContain('old')
  expect(withFigures(drawn, [result])).toBe(drawn)
})

test('the median of an even count lies between the two in the middle', () => {
  expect(median([9, 1, 2, 4])).toBe(3)
})
