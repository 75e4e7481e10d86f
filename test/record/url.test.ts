import { expect, test } from 'vitest'
import { linksIn, normalUrl } from '../../src/record/url.ts'

test('spells a URL one way, without credentials, fragments and campaign parameters', () => {
  expect(normalUrl('HTTPS://ann:secret@Example.org:443/a?utm_source=x&id=1&gclid=2&utm_medium=y#part')).toBe(
    'https://example.org/a?id=1',
  )
})

test('knows no URL but those of the web', () => {
  expect(['javascript:alert(1)', 'file:///etc/passwd', 'example.org', 'http://'].map(normalUrl)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('finds the links of a text without the punctuation around them', () => {
  expect(linksIn('see https://example.org/a. (or http://example.com/b_(c)), <https://example.net>!')).toEqual(
    ['https://example.org/a', 'http://example.com/b_(c)', 'https://example.net/'],
  )
})

test('takes at most two hundred links from one text', () => {
  expect(
    linksIn(Array.from({ length: 500 }, (_, index) => `https://example.org/${index}`).join(' ')),
  ).toHaveLength(200)
})
