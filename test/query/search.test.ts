import { expect, test } from 'vitest'
import type { Database } from '../../src/database/sql.ts'
import { type Page, search, type SearchOptions } from '../../src/query/search.ts'
import type { PostSeen } from '../../src/record/observation.ts'
import { store } from '../../src/store/store.ts'
import { testDatabase } from '../support/database.ts'
import { addHuman } from '../support/people.ts'
import { at, list, mail, person, said } from '../support/said.ts'

const DEFAULTS: SearchOptions = { sort: 'relevance', limit: 10, now: at(20), timezone: 'UTC' }

test('finds posts that hold all of the words in any form', async () => {
  await using database = await holding([
    said('both', { text: 'The kernel was running.' }),
    said('one', { text: 'A kernel.' }),
    said('none', { text: 'Nothing of it.' }),
  ])
  expect(await found(database, 'Kernels run')).toEqual(['both'])
  expect(await found(database, 'kernel or nothing')).toHaveLength(3)
  expect(await found(database, 'kernel -running')).toEqual(['one'])
})

test('finds words of other scripts and words with accents', async () => {
  await using database = await holding([
    said('de', { text: 'Schöne Grüße aus Köln' }),
    said('ja', { text: '東京都に行きました' }),
    said('ru', { text: 'Привет из Москвы' }),
  ])
  expect(await found(database, 'GRUSSE')).toEqual(['de'])
  expect(await found(database, '東京')).toEqual(['ja'])
  expect(await found(database, 'москвы')).toEqual(['ru'])
})

test('finds a phrase as it stands, stop words in their places', async () => {
  await using database = await holding([
    said('phrase', { text: 'This is the state of the art in it.' }),
    said('words', { text: 'The art of a state.' }),
  ])
  expect(await found(database, '"state of the art"')).toEqual(['phrase'])
})

test('ranks a title before own words before quoted ones', async () => {
  await using database = await holding([
    said('quoted', { text: 'I agree.', quoted: 'We need a scheduler for this.' }),
    said('own', { text: 'We need a scheduler for this.' }),
    said('title', { title: 'A scheduler', text: 'We need one for this.' }),
  ])
  expect(await found(database, 'scheduler')).toEqual(['title', 'own', 'quoted'])
})

test('puts the newest first when asked to', async () => {
  await using database = await holding([
    said('old', { title: 'kernel kernel', text: 'kernel', sentAt: at(1) }),
    said('new', { text: 'a kernel among many other words', sentAt: at(3) }),
    said('middle', { text: 'kernel', sentAt: at(2) }),
  ])
  expect(await found(database, 'kernel', { sort: 'date' })).toEqual(['new', 'middle', 'old'])
})

test.for(['relevance', 'date'] as const)('gives every post once over pages by %s', async (sort) => {
  const ids = Array.from({ length: 25 }, (_, index) => `post${index}`)
  await using database = await holding(
    ids.map((id, index) => said(id, { text: 'kernel', sentAt: at(1 + (index % 5)) })),
  )
  const pages: string[] = []
  let next: string | undefined
  do {
    const page: Page = await search(database, 'kernel', {
      ...DEFAULTS,
      sort,
      limit: 7,
      ...(next && { after: next }),
    })
    pages.push(...idsOf(page))
    next = page.next
  } while (next)
  expect(pages).toHaveLength(25)
  expect(new Set(pages)).toEqual(new Set(ids))
})

test('finds what one persona wrote from any of its accounts', async () => {
  await using database = await holding([
    said('work', { author: person('ann', 'Ann Arbour') }),
    said('home', { author: person('a.arbour', 'Ann Arbour') }),
    said('other', { author: person('joanna', 'Joanna Dark') }),
  ])
  await database.query(
    `update account set persona_id = (select persona_id from account where key = 'mail+user:ann@example.org')
     where key = 'mail+user:a.arbour@example.org'`,
  )
  const [{ persona_id: persona } = { persona_id: '' }] = await database.query<{ persona_id: string }>(
    `select persona_id from account where key = 'mail+user:ann@example.org'`,
  )
  const human = await addHuman(database, { owns: [persona] })
  for (const name of [
    'ann',
    '"Ann Arbour"',
    'ann@example.org',
    'mail+user:a.arbour@example.org',
    persona,
    human,
  ]) {
    expect({ name, found: await found(database, `from:${name}`) }).toEqual({ name, found: ['work', 'home'] })
  }
  expect(await found(database, 'from:nobody-at-all')).toEqual([])
  expect(await found(database, '-from:ann')).toEqual(['other'])
})

test('finds posts by receiver, channel, service, link, attachment and reply', async () => {
  await using database = await holding([
    said('to', { receivers: [{ kind: 'cc', account: person('bert', 'Bert Oak') }] }),
    said('in', { channel: list('gardeners') }),
    said('link', { links: ['https://example.org/'] }),
    said('attached', { attachments: [{ type: 'image/png' }] }),
    said('reply', { relations: [{ kind: 'reply', to: mail('link') }] }),
  ])
  expect(await found(database, 'to:bert')).toEqual(['to'])
  expect(await found(database, 'in:gardeners')).toEqual(['in'])
  expect(await found(database, 'in:mail+channel:gardeners.example.org')).toEqual(['in'])
  expect(await found(database, 'in:nowhere')).toEqual([])
  expect(await found(database, 'has:link')).toEqual(['link'])
  expect(await found(database, 'has:attachment')).toEqual(['attached'])
  expect(await found(database, 'is:reply')).toEqual(['reply'])
  expect(await found(database, 'service:mail')).toHaveLength(5)
  await expect(found(database, 'service:irk')).rejects.toThrow('expected a service, one of mail, found “irk”')
})

test('finds posts by the day on which they were sent', async () => {
  await using database = await holding([1, 5, 9].map((day) => said(`day${day}`, { sentAt: at(day) })))
  expect(await found(database, 'on:2024-03-05')).toEqual(['day5'])
  expect(await found(database, 'before:2024-03-05')).toEqual(['day1'])
  expect(await found(database, 'after:2024-03-05')).toEqual(['day9', 'day5'])
  expect(await found(database, 'after:2w')).toEqual(['day9'])
  expect(await found(database, 'on:march 2024 text')).toHaveLength(3)
})

test('finds a whole conversation from any of its posts, through one that is only referred to', async () => {
  await using database = await holding([
    said('first', { relations: [{ kind: 'reply', to: mail('unseen') }] }),
    said('second', { relations: [{ kind: 'reply', to: mail('unseen') }], sentAt: at(2) }),
    said('third', { relations: [{ kind: 'reply', to: mail('second') }], sentAt: at(3) }),
    said('elsewhere'),
  ])
  expect(await found(database, `thread:${mail('third')}`)).toEqual(['third', 'second', 'first'])
  expect(await found(database, `thread:${mail('unseen')} -thread:${mail('elsewhere')}`)).toHaveLength(3)
  await expect(found(database, 'thread:mail+post:none')).rejects.toThrow('expected the key of a post')
})

test('never finds what was deleted or is only referred to', async () => {
  await using database = await holding([
    said('gone', { text: 'kernel' }),
    said('here', { text: 'kernel', relations: [{ kind: 'reply', to: mail('unseen') }] }),
  ])
  await store(database, {
    source: 'test',
    sightings: [{ found: { kind: 'gone', key: mail('gone'), at: at(9) } }],
    now: at(9),
  })
  expect(await found(database, 'kernel')).toEqual(['here'])
  expect(await found(database, '-nothing')).toEqual(['here'])
})

test('shows the place that matches best, on one line, with the words marked', async () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(40)
  await using database = await holding([
    said('long', {
      title: 'The kernel',
      text: `One kernel. ${filler}\n\nTwo\u001b[31m kernels\tand a scheduler. ${filler}`,
    }),
  ])
  const { hits } = await search(database, 'kernel scheduler', DEFAULTS)
  const [hit] = hits
  expect(marked(hit?.title)).toBe('The [kernel]')
  expect(marked(hit?.snippet)).toMatch(/^….* Two \[31m \[kernels\] and a \[scheduler\]\. lorem .*…$/)
})

test('shows what is quoted where only that matches', async () => {
  await using database = await holding([said('quoted', { text: 'I agree.', quoted: 'We need a scheduler.' })])
  const { hits } = await search(database, 'schedulers', DEFAULTS)
  expect(marked(hits[0]?.snippet)).toBe('We need a [scheduler].')
})

test('says who wrote it and where', async () => {
  await using database = await holding([
    said('a', { author: person('ann', 'Ann Arbour'), channel: list('gardeners') }),
  ])
  const { hits } = await search(database, 'text', DEFAULTS)
  expect(hits).toMatchObject([
    {
      key: mail('a'),
      author: { key: 'mail+user:ann@example.org', name: 'Ann Arbour' },
      channel: { key: 'mail+channel:gardeners.example.org', title: 'gardeners' },
      sentAt: at(1),
    },
  ])
})

test('says how it understood a query, and which words it left out', async () => {
  await using database = await holding([said('a', { author: person('ann', 'Ann Arbour') })])
  const page = await search(database, 'the kern* "red tape" -(x or y) from:ann on:2024-03-05', DEFAULTS)
  expect(page.ignored).toEqual(['the'])
  expect(page.understood).toBe(
    '“the” (too common or no word: ignored) and a word that begins with “kern” and the phrase “red tape” and ' +
      'not (the word “x” in any form or the word “y” in any form) and written by “ann” (one persona, 1 account) and ' +
      'sent at or after 2024-03-05T00:00:00.000Z and sent before 2024-03-06T00:00:00.000Z',
  )
})

test.for(['the', 'to be or not to be', '...', '""', ''])(
  'complains when %j asks for nothing',
  async (text) => {
    await using database = await holding([])
    await expect(search(database, text, DEFAULTS)).rejects.toThrow(/^expected .*, found /)
  },
)

test('complains about a page that it did not end', async () => {
  await using database = await holding([said('a')])
  const after = '; drop table post'
  await expect(search(database, 'text', { ...DEFAULTS, after })).rejects.toThrow('--after: expected')
})

async function holding(posts: readonly PostSeen[]): Promise<Database> {
  const database = await testDatabase()
  await store(database, { source: 'test', sightings: posts.map((found) => ({ found })), now: at(10) })
  return database
}

async function found(
  database: Database,
  text: string,
  options: Partial<SearchOptions> = {},
): Promise<string[]> {
  return idsOf(await search(database, text, { ...DEFAULTS, ...options }))
}

function idsOf({ hits }: Page): string[] {
  return hits.map(({ key }) => key.replace('mail+post:', '').replace('@example.org', ''))
}

function marked(snippet: Page['hits'][number]['snippet'] | undefined): string {
  if (!snippet) return ''
  let text = ''
  let from = 0
  for (const [start, end] of snippet.marks) {
    text += `${snippet.text.slice(from, start)}[${snippet.text.slice(start, end)}]`
    from = end
  }
  return text + snippet.text.slice(from)
}
