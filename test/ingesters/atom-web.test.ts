import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import atom from '../../ingesters/atom/index.ts'
import { UnreadableItem } from '../../src/errors.ts'
import { atomFeed, serve } from './atom-server.ts'
import { type Reading, read, type ReadOptions } from './reading.ts'

const allow = ['127.0.0.1']

test('asks with the ETag and Last-Modified of last time and takes 304 for nothing new', async () => {
  await using server = await serve(({ headers }, response) => {
    if (headers['if-none-match']) return response.writeHead(304).end()
    response.setHeader('etag', '"one"').setHeader('last-modified', 'Mon, 01 Jan 2024 00:00:00 GMT')
    return response.end(atomFeed('First'))
  })
  const first = await feeds([server.url])
  const second = await feeds([server.url], { from: first.cursors })
  expect(second).toEqual({ found: [], cursors: first.cursors })
  expect(server.requests[1]?.headers).toMatchObject({
    'if-none-match': '"one"',
    'if-modified-since': 'Mon, 01 Jan 2024 00:00:00 GMT',
  })
})

test('takes the same bytes from a server without ETags for nothing new', async () => {
  await using server = await serve((_, response) => response.end(atomFeed('First')))
  const first = await feeds([server.url])
  expect(await feeds([server.url], { from: first.cursors })).toEqual({ found: [], cursors: first.cursors })
})

test('yields only the new and the changed entries of a feed that changed', async () => {
  const editions = [atomFeed('First', 'Second'), atomFeed('First', 'Second, mended', 'Third')]
  await using server = await serve((_, response) => response.end(editions.shift()))
  const first = await feeds([server.url])
  const second = await feeds([server.url], { from: first.cursors })
  expect(titles(first)).toEqual(['First', 'Second'])
  expect(titles(second)).toEqual(['Second, mended', 'Third'])
})

test('gives the cursor with the last entry only, so that a crash reads the feed again', async () => {
  await using server = await serve((_, response) => response.end(atomFeed('First', 'Second', 'Third')))
  const cut = await feeds([server.url], { after: (_, count) => (count === 2 ? 'stop' : undefined) })
  expect(cut.cursors.size).toBe(0)
  expect(titles(await feeds([server.url], { from: cut.cursors }))).toEqual(['First', 'Second', 'Third'])
})

test('remembers a permanent redirect, keeps the keys, and goes home when the new place fails', async () => {
  await using server = await serve(({ path }, response) => {
    if (path === '/new' && server.requests.length < 4) return response.end(atomFeed('Moved'))
    if (path === '/new') return response.writeHead(500).end()
    return response.writeHead(301, { location: '/new' }).end()
  })
  const first = await feeds([`${server.url}/old`])
  const second = await feeds([`${server.url}/old`], { from: first.cursors })
  expect(first.found).toMatchObject([{ key: `atom+post:${server.url}/old#urn:t:0` }])
  expect(server.requests.map(({ path }) => path)).toEqual(['/old', '/new', '/new'])

  const cursors = new Map(second.cursors)
  await expect(collect([`${server.url}/old`], cursors)).rejects.toThrow('answered 500')
  await expect(collect([`${server.url}/old`], cursors)).rejects.toThrow('answered 500')
  expect(server.requests.slice(3).map(({ path }) => path)).toEqual(['/new', '/old', '/new'])
})

test('follows a temporary redirect and asks the old place again', async () => {
  await using server = await serve(({ path }, response) =>
    path === '/now' ? response.end(atomFeed('Here')) : response.writeHead(307, { location: '/now' }).end(),
  )
  const first = await feeds([`${server.url}/feed`])
  await feeds([`${server.url}/feed`], { from: first.cursors })
  expect(server.requests.map(({ path }) => path)).toEqual(['/feed', '/now', '/feed', '/now'])
})

test('gives up after five redirects', async () => {
  await using server = await serve(({ path }, response) =>
    response.writeHead(302, { location: `${path}x` }).end(),
  )
  await expect(feeds([`${server.url}/`])).rejects.toThrow('more than 5 redirects')
  expect(server.requests).toHaveLength(6)
})

test('sends credentials to the place that they were given for, and names them nowhere', async () => {
  await using elsewhere = await serve((_, response) => response.end(atomFeed('Elsewhere')))
  await using server = await serve((_, response) =>
    response.writeHead(302, { location: `${elsewhere.url}/` }).end(),
  )
  const reading = await feeds([server.url.replace('//', '//ann:s3cret@')])
  expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('ann:s3cret')}`)
  expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined()
  expect(JSON.stringify([reading.found, ...reading.cursors])).not.toContain('s3cret')
})

test('reads the other feeds when one is gone, and names it at the end', async () => {
  await using server = await serve(({ path }, response) =>
    path === '/gone' ? response.writeHead(410).end() : response.end(atomFeed('Alive')),
  )
  const found: unknown[] = []
  const reading = feeds([`${server.url}/gone`, `${server.url}/alive`], {
    after: (sighting) => void found.push(sighting.found),
  })
  await expect(reading).rejects.toThrow(
    `1 of 2 feeds could not be read: ${server.url}/gone: answered 410: the feed is gone for good`,
  )
  expect(found).toMatchObject([{ title: 'Alive' }])
})

test('leaves a server alone that asks for it, until it says', async () => {
  await using server = await serve((_, response) => response.writeHead(429, { 'retry-after': '120' }).end())
  const cursors = new Map<string, string>()
  await expect(collect([server.url], cursors)).rejects.toThrow(
    'answered 429 and asks to be left alone until 2026-01-01T00:02:00.000Z',
  )
  await collect([server.url], cursors)
  expect(server.requests).toHaveLength(1)
  await expect(collect([server.url], cursors, new Date('2026-01-01T00:02:01Z'))).rejects.toThrow('429')
})

test('sets a feed aside that is larger than allowed, compressed or not, and once only', async () => {
  const large = gzipSync(atomFeed('x'.repeat(2_000_000)))
  await using server = await serve((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(large),
  )
  const first = await feeds([server.url], {}, { maxBytes: 100_000 })
  expect(first.found).toMatchObject([
    { kind: 'unreadable', reason: 'feed cannot be read: larger than the 100000 bytes allowed' },
  ])
  expect((await feeds([server.url], { from: first.cursors }, { maxBytes: 100_000 })).found).toEqual([])
})

test('gives up on a server that does not finish in time', async () => {
  await using server = await serve((_, response) => void response.write('<feed>'))
  await expect(feeds([server.url], {}, { timeoutMs: 100 })).rejects.toThrow('no whole answer in time')
})

test('stops within a second of an abort while a server dawdles', async () => {
  await using server = await serve((_, response) => void response.write('<feed>'))
  const started = performance.now()
  const { found } = await feeds([server.url], { signal: AbortSignal.timeout(200) })
  expect(found).toEqual([])
  expect(performance.now() - started).toBeLessThan(1200)
})

test('sets an HTML page aside and does not repeat it', async () => {
  await using server = await serve((_, response) => response.end('<!doctype html><html><p>Sorry</p></html>'))
  const first = await feeds([server.url])
  expect(first.found).toMatchObject([{ reason: expect.stringContaining('found an HTML page') }])
  expect((await feeds([server.url], { from: first.cursors })).found).toEqual([])
})

test('reads the feeds that a list names, and sets aside what is no URL, once', async () => {
  await using server = await serve(({ path }, response) => {
    if (path !== '/list') return response.end(atomFeed(path))
    const outlines = ['/a', '/b'].map(
      (at) => `<outline text="x"><outline xmlUrl="${server.url}${at}"/></outline>`,
    )
    const file = '<outline xmlUrl="file:///etc/hostname"/>'
    return response.end(`<opml version="2.0"><body>${outlines.join('')}${file}</body></opml>`)
  })
  const first = await feeds([`${server.url}/list`])
  expect(first.found).toMatchObject([
    { reason: 'outline names no http or https URL: file:///etc/hostname' },
    { title: '/a' },
    { title: '/b' },
  ])

  expect((await feeds([`${server.url}/list`], { from: first.cursors })).found).toEqual([])
  expect(server.requests.map(({ path }) => path).sort()).toEqual(['/a', '/a', '/b', '/b', '/list', '/list'])
})

test('asks one server for two feeds at a time and no more', async () => {
  const under = { way: 0, most: 0 }
  await using server = await serve(async (_, response) => {
    under.most = Math.max(under.most, ++under.way)
    await sleep(30)
    under.way--
    response.end(atomFeed('x'))
  })
  await feeds(Array.from({ length: 7 }, (_, at) => `${server.url}/${at}`))
  expect(under.most).toBe(2)
})

test('says in every request who is asking', async () => {
  await using server = await serve((_, response) => response.end(atomFeed('x')))
  await feeds([server.url])
  expect(server.requests[0]?.headers['user-agent']).toMatch(/^Skrode\/\d+\.\d+\.\d+ /)
})

function feeds(what: string[], options?: ReadOptions, block?: object): Promise<Reading> {
  return read(atom, { what, allow, ...block }, options)
}

function titles({ found }: Reading): (string | undefined)[] {
  return found.map((item) =>
    item instanceof UnreadableItem || item.kind !== 'post' ? item.kind : item.title,
  )
}

/** Reads on from the given cursors and moves them, up to a failure too. */
async function collect(
  what: string[],
  cursors: Map<string, string>,
  now = new Date('2026-01-01T00:00:00Z'),
): Promise<void> {
  const { signal } = new AbortController()
  const run = {
    signal,
    now: () => now,
    cursor: async (stream: string) => cursors.get(stream),
    progress: () => undefined,
  }
  for await (const sighting of atom.read(atom.options({ what, allow }, 'test'), run)) {
    if (sighting.upTo) cursors.set(sighting.upTo.stream, sighting.upTo.value)
  }
}
