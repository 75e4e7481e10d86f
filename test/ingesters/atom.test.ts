import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import atom from '../../ingesters/atom/index.ts'
import { ConfigError } from '../../src/errors.ts'
import type { PostSeen } from '../../src/record/observation.ts'
import { type Cursors, read } from './reading.ts'

test('reads an Atom entry with its author, links, quotation, enclosure and edit', async () => {
  const [slugs] = await postsIn('garden-notes.atom')
  expect(slugs).toMatchObject({
    author: {
      names: [{ kind: 'display', value: 'Wilma Thorn' }],
      claims: [
        { kind: 'email', value: 'wilma@garden.example.org', how: 'profile' },
        { kind: 'url', value: 'https://wilma.example.org/', how: 'profile' },
      ],
    },
    channel: { kind: 'feed', title: 'Garden notes' },
    title: 'Slugs & snails',
    text: 'They ate all of my lettuce overnight.\n\nIt does not.',
    quoted: 'Copper keeps them off.',
    links: ['https://garden.example.org/notes/slugs.html', 'https://garden.example.org/lettuce.html'],
    attachments: [
      {
        type: 'image/jpeg',
        size: 48_213,
        url: 'https://garden.example.org/notes/slug.jpg',
        name: 'The slug',
      },
    ],
    sentAt: new Date('2024-08-19T10:21:00Z'),
    sentAtFrom: 'sent',
    editedAt: new Date('2024-08-20T07:00:00Z'),
    asOf: new Date('2024-08-20T07:00:00Z'),
  })
})

test('makes a reply of an answer within the feed or to a feed that is named, and of no other', async () => {
  const [slugs, answer] = await postsIn('garden-notes.atom')
  expect(answer?.relations).toEqual([
    { kind: 'reply', to: slugs?.key },
    { kind: 'reply', to: 'atom+post:https://pond.example.net/feed#tag:pond.example.net,2024:7' },
  ])
})

test('keys the authors of a feed by the feed and their folded name', async () => {
  const [, answer] = await postsIn('garden-notes.atom')
  expect(answer?.author?.key).toBe(`atom+user:${fileUrl('garden-notes.atom')}#theo marsh`)
  expect(answer?.author?.names).toEqual([{ kind: 'display', value: 'Théo Marsh' }])
})

test('reads RSS 2.0 with its address-and-name authors, encoded content and media', async () => {
  const [ferry] = await postsIn('harbour-news.rss')
  expect(ferry).toMatchObject({
    key: `atom+post:${fileUrl('harbour-news.rss')}#harbour-1`,
    author: { names: [{ value: 'Ann Smith' }], claims: [{ kind: 'email', value: 'ann@example.org' }] },
    text: 'Two hours late.\n\nSee the plan.',
    links: ['https://harbour.example.com/ferry', 'https://ferry.example.net/plan'],
    attachments: [{ type: 'audio/mpeg', size: 1024 }, { type: 'image/png' }],
    sentAt: new Date('2024-08-19T08:21:00Z'),
  })
})

test('knows an item without id by its link', async () => {
  const [, gulls] = await postsIn('harbour-news.rss')
  expect(gulls?.key).toBe(`atom+post:${fileUrl('harbour-news.rss')}#https://harbour.example.com/gulls`)
})

test('gives an unsigned item to the feed and an undated one the date of the feed, as a guess', async () => {
  const [, , undated] = await postsIn('harbour-news.rss')
  expect(undated).toMatchObject({
    author: {
      key: `atom+user:${fileUrl('harbour-news.rss')}`,
      names: [{ kind: 'display', value: 'Harbour news' }],
      claims: [
        { kind: 'email', value: 'desk@harbour.example.com' },
        { kind: 'url', value: 'https://harbour.example.com/' },
      ],
    },
    sentAt: new Date('2024-08-20T06:00:00Z'),
    sentAtFrom: 'guessed',
    asOf: new Date('2026-01-01T00:00:00Z'),
  })
})

test('reads RDF, whose items stand beside their channel, in the charset that it declares', async () => {
  expect(await postsIn('tide-tables.rdf')).toMatchObject([
    { title: 'Spring tide at Køge', author: { names: [{ value: 'Ida Holm' }] }, text: 'Four metres' },
  ])
})

test('reads Atom 0.3 with a prefix, escaped titles and the authors of the feed', async () => {
  expect(await postsIn('old-log.atom03')).toMatchObject([
    {
      title: 'First <b>',
      text: 'Snow.',
      author: { names: [{ value: 'Otto Vale' }], claims: [{ value: 'https://otto.example.org/' }] },
      sentAt: new Date('2003-12-13T12:29:29Z'),
      editedAt: new Date('2003-12-13T18:30:02Z'),
    },
  ])
})

test('reads JSON Feed with ids that are numbers, authors of items and attachments', async () => {
  const [glaze, cracked] = await postsIn('kiln.json')
  expect(glaze).toMatchObject({
    key: `atom+post:${fileUrl('kiln.json')}#7`,
    author: { names: [{ value: 'Mara Quill' }] },
    text: 'Ash and clay',
    links: ['https://kiln.example.com/7', 'https://kiln.example.com/clay'],
    attachments: [{ type: 'application/pdf', size: 99 }],
  })
  expect(cracked).toMatchObject({ author: { claims: [{ kind: 'email', value: 'joss@example.net' }] } })
})

test('keeps each entry as it was sent', async () => {
  const [, gulls] = await postsIn('harbour-news.rss')
  expect(Buffer.from(gulls?.raw ?? []).toString()).toMatch(/^<item>\s+<title>Gulls<[^]*<\/item>$/)
})

test('yields nothing for a file that did not change, and forgets a cursor that it cannot read', async () => {
  const { cursors } = await read(atom, { what: [path('kiln.json')] })
  expect((await read(atom, { what: [path('kiln.json')] }, { from: cursors })).found).toEqual([])

  const broken: Cursors = new Map([[path('kiln.json'), 'not json']])
  expect((await read(atom, { what: [path('kiln.json')] }, { from: broken })).found).toHaveLength(2)
})

test.each([
  ['what', {}],
  ['what', { what: [] }],
  ['what', { what: 'https://example.org/feed' }],
  ['what[1]', { what: [path('kiln.json'), 'example.org/feed'] }],
  ['what[0]', { what: ['ftp://example.org/feed'] }],
  ['what[0]', { what: [path('.')] }],
  ['allow[0]', { what: ['https://example.org/feed'], allow: ['10.0.0.0/33'] }],
  ['maxBytes', { what: ['https://example.org/feed'], maxBytes: -1 }],
  ['colour', { what: ['https://example.org/feed'], colour: 'red' }],
])('names %s in a complaint about %j', (key, block) => {
  const check = () => atom.options(block, 'ingest.feeds')
  expect(check).toThrow(ConfigError)
  expect(check).toThrow(`ingest.feeds.${key}: `)
})

test('keeps credentials out of complaints', () => {
  const check = () => atom.options({ what: ['ftp://ann:secret@example.org/feed'] }, 'ingest.feeds')
  expect(check).toThrow(/"ftp:\/\/example.org\/feed"$/)
})

async function postsIn(fixture: string): Promise<PostSeen[]> {
  const { found } = await read(atom, { what: [path(fixture)] })
  return found.flatMap((item) => (item.kind === 'post' ? item : []))
}

function fileUrl(fixture: string): string {
  return new URL(`../fixtures/atom/${fixture}`, import.meta.url).href
}

function path(fixture: string): string {
  return fileURLToPath(fileUrl(fixture))
}
