import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guardOf } from '../../ingesters/atom/address.ts'
import { decode } from '../../ingesters/atom/charset.ts'
import atom from '../../ingesters/atom/index.ts'
import { atomFeed, serve } from './atom-server.ts'
import { type Reading, read } from './reading.ts'

const LONGEST_MS = 5000

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://8.8.8.8/',
  'http://[2a00::1]/',
])('refuses the address %s, which is no name', async (url) => {
  await expect(read(atom, { what: [url] })).rejects.toThrow('is an address, not a name, and not allowed')
})

test('refuses a name that leads to a private address', async () => {
  await expect(read(atom, { what: ['http://localhost:8/'] })).rejects.toThrow(
    'a private address, and not allowed',
  )
})

test('refuses a redirect to a private address', async () => {
  await using server = await serve((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
  )
  await expect(read(atom, { what: [server.url], allow: ['127.0.0.1'] })).rejects.toThrow(
    'refused: 169.254.169.254 is an address',
  )
})

test('refuses a redirect to another protocol', async () => {
  await using server = await serve((_, response) =>
    response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  )
  await expect(read(atom, { what: [server.url], allow: ['127.0.0.1'] })).rejects.toThrow(
    'refused: file: is neither http nor https',
  )
})

test('fetches from a private place that is allowed by name or by range', async () => {
  await using server = await serve((_, response) => response.end(atomFeed('Home')))
  const url = server.url.replace('127.0.0.1', 'localhost')
  for (const allow of [['localhost'], ['127.0.0.0/8', '::1']]) {
    const { found } = await read(atom, { what: [url], allow })
    expect(found).toMatchObject([{ title: 'Home' }])
  }
})

test.each([
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['169.254.0.1', false],
  ['224.0.0.1', false],
  ['::', false],
  ['::ffff:192.168.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['fe80::1%eth0', false],
  ['fd00::1', false],
  ['8.8.8.8', true],
  ['2a00:1450::1', true],
])('the address %s is public: %s', (address, isPublic) => {
  expect(guardOf([]).isPublic(address)).toBe(isPublic)
})

test('leaves the entities of a billion laughs as they are written', async () => {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
  const { found } = await readText(
    `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${entities.join('')}]>` +
      '<rss version="2.0"><channel><item><title>&l9;</title></item></channel></rss>',
  )
  expect(found).toMatchObject([{ kind: 'post', title: '&l9;' }])
})

test('opens no file that an external entity names', async () => {
  const { found } = await readText(
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
  )
  expect(found).toMatchObject([{ title: '&x;' }])
})

test.each([
  ['elements nested too deeply', '<a>'.repeat(1_000_000), 'nested deeper than 200'],
  ['too many elements', `<rss>${'<a/>'.repeat(1_000_000)}</rss>`, 'more than 300000 elements'],
  ['deeply nested JSON', `{"version":"","items":[${'['.repeat(100_000)}`, 'JSON'],
  ['an empty file', '', 'found no XML element'],
  ['zeros', '\0'.repeat(1_000_000), 'found no XML element'],
])('sets %s aside in bounded time', async (_, text, reason) => {
  const started = performance.now()
  const { found } = await readText(text)
  expect(found).toMatchObject([{ kind: 'unreadable', reason: expect.stringContaining(reason) }])
  expect(performance.now() - started).toBeLessThan(LONGEST_MS)
})

test.each([
  ['tags that never close', '<p'.repeat(400_000)],
  ['nested elements', '<b>'.repeat(300_000)],
  ['nested quotations', '<blockquote>'.repeat(80_000)],
  ['nested tables', '<table><tr><td>'.repeat(60_000)],
  ['entities', '&amp'.repeat(200_000)],
  ['attributes', `<a ${'b=c '.repeat(200_000)}>`],
  ['links', '<a href="https://example.org/x">x</a>'.repeat(25_000)],
  ['list items', `<ol>${'<li>x'.repeat(150_000)}</ol>`],
  ['white space', ' '.repeat(900_000)],
])('reads an entry made of %s in bounded time', async (_, html) => {
  const started = performance.now()
  const { found } = await readText(
    `<rss version="2.0"><channel><item><title>t</title><description><![CDATA[${html}]]></description></item></channel></rss>`,
  )
  expect(found).toMatchObject([{ kind: 'post', title: 't' }])
  expect(performance.now() - started).toBeLessThan(LONGEST_MS)
})

test('sets aside the entry at which a feed is cut off and keeps those before', async () => {
  const whole = atomFeed('First', 'Second')
  const { found } = await readText(whole.slice(0, whole.indexOf('Second') + 3))
  expect(found).toMatchObject([
    { kind: 'post', title: 'First' },
    { kind: 'unreadable', reason: 'entry is cut off' },
  ])
})

test('reads what is ill-formed but clear', async () => {
  const { found } = await readText(
    '<rss version="2.0"><channel><item><title>Tea & toast &nbsp;</title><link>https://example.org/1<guid>g</item></channel>',
  )
  expect(found).toMatchObject([{ title: 'Tea & toast', links: ['https://example.org/1'] }])
})

test('keeps the posts of feeds apart that write the same id', async () => {
  const [one, two] = await Promise.all([readText(atomFeed('One')), readText(atomFeed('Two'))])
  const keys = [...one.found, ...two.found].map((item) => item.kind === 'post' && item.key)
  expect(new Set(keys).size).toBe(2)
})

test('takes a date far in the future for no date', async () => {
  const { found } = await readText(atomFeed('Soon').replace('2024', '2924'))
  expect(found).toMatchObject([{ sentAt: new Date('2026-01-01T00:00:00Z'), sentAtFrom: 'guessed' }])
})

test.each([
  [
    'a byte order mark over everything',
    Buffer.from('\ufeff<a>é</a>', 'utf16le'),
    'text/xml; charset=latin1',
    'é',
  ],
  [
    'the header over the declaration',
    latin1('<?xml version="1.0" encoding="utf-8"?><a>é</a>'),
    'text/xml; charset="ISO-8859-1"',
    'é',
  ],
  [
    'the declaration',
    Buffer.from('<?xml version="1.0" encoding="windows-1251"?><a>\xe6</a>', 'latin1'),
    undefined,
    'ж',
  ],
  ['UTF-16 without a mark', Buffer.from('<?xml version="1.0"?><a>é</a>', 'utf16le'), undefined, 'é'],
  ['UTF-8 where nothing is told', Buffer.from('<a>é</a>'), undefined, 'é'],
  ['Windows-1252 for what cannot be UTF-8', latin1('<a>\x93é\x94</a>'), undefined, '“é”'],
  ['UTF-8 for a charset that nobody knows', Buffer.from('<a>é</a>'), 'text/xml; charset=klingon', 'é'],
])('decodes by %s', (_, bytes, contentType, wanted) => {
  expect(decode(bytes, contentType)).toContain(`<a>${wanted}</a>`)
})

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

async function readText(text: string): Promise<Reading> {
  const folder = await mkdtemp(join(tmpdir(), 'skrode-atom-'))
  try {
    await writeFile(join(folder, 'feed'), text)
    return await read(atom, { what: [join(folder, 'feed')] })
  } finally {
    await rm(folder, { recursive: true })
  }
}
