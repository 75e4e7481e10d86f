import { expect, test } from 'vitest'
import { newId } from '../../src/record/id.ts'

test('makes ids that are version 7 UUIDs, different and in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId())
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
