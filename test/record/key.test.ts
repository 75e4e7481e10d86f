import { expect, test } from 'vitest'
import { accountKey, channelKey, postKey, serviceOf } from '../../src/record/key.ts'

test('spells an account one way wherever it is met', () => {
  expect(accountKey('mail', 'Ann@Example.org')).toBe('mail+user:ann@example.org')
  expect(accountKey('atom', 'https://example.org/Feed#Ann')).toBe('atom+user:https://example.org/Feed#Ann')
})

test('keeps the case of message ids, which tell messages apart', () => {
  expect(postKey('mail', 'AbC@example.org')).not.toBe(postKey('mail', 'abc@example.org'))
})

test('cuts an id that no index could hold and keeps different ones different', () => {
  const long = 'x'.repeat(5000)
  const [a, b] = [postKey('mail', `${long}1`), postKey('mail', `${long}2`)]
  expect(a.length).toBeLessThan(200)
  expect(a).not.toBe(b)
})

test('tells feeds apart whose URLs differ only in case, and lists not', () => {
  expect(channelKey('atom', 'https://example.org/A')).not.toBe(channelKey('atom', 'https://example.org/a'))
  expect(channelKey('mail', 'Garden.example.org')).toBe(channelKey('mail', 'garden.example.org'))
})

test('keeps control characters out of keys', () => {
  expect(channelKey('irc', 'net/#room\u0007\n')).toBe('irc+channel:net/#room')
})

test('knows the service of any key', () => {
  expect(serviceOf('github+user:ann')).toBe('github')
})
