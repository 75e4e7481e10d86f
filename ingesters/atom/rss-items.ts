import { setImmediate as pause } from 'node:timers/promises'
import Parser from 'rss-parser'
import { z } from 'zod'
import { repliesOf } from './atom-entries.ts'
import { readDate } from './date.ts'
import { attachment } from './enclosure.ts'
import type { Entry, Feed, Markup } from './feed.ts'
import { looksLikeHtml } from './markup.ts'
import { personFromText } from './person.ts'
import { plainRss } from './plain-rss.ts'
import type { Element } from './xml.ts'

const text = z.string().optional().catch(undefined)
const File = z.object({ $: z.object({ url: text, type: text, length: text }) })

/** An item as rss-parser hands it out for `plainRss`, with the fields that it is asked for besides. */
const Item = z.object({
  title: text,
  link: text,
  guid: text,
  'rdf:about': text,
  pubDate: text,
  'skrode:updated': text,
  'skrode:content': text,
  'skrode:description': text,
  'skrode:base': text,
  authors: z.array(z.string()).default([]),
  enclosures: z.array(File).default([]),
})

const Channel = z.object({
  title: text,
  link: text,
  lastBuildDate: text,
  managingEditor: text,
  items: z.array(Item),
})

/** What is read of an item by rss-parser besides what it knows by itself. */
const customFields = {
  item: [
    'skrode:updated',
    'skrode:content',
    'skrode:description',
    'skrode:base',
    ['author', 'authors', { keepArray: true }],
    ['enclosure', 'enclosures', { keepArray: true }],
  ],
}

/** Items that rss-parser is given at once: it takes many times their size in memory. */
const AT_ONCE = 200

/** An RSS feed without its items: RSS 0.9x, 1.0 (RDF) or 2.0 by rss-parser, which is given a plain edition of it. */
export async function rssFeed(root: Element, now: Date): Promise<Omit<Feed, 'entries'>> {
  const channel = await parsed(root, [])
  return {
    title: markup(channel.title, root.base),
    homepage: channel.link,
    authors: [],
    editor: personFromText(channel.managingEditor),
    updated: readDate(channel.lastBuildDate, now),
  }
}

/** The entries of an RSS feed's items, in their order; `rawOf` says how an element was sent. */
export async function rssEntries(
  root: Element,
  items: readonly Element[],
  rawOf: (element: Element) => string,
  now: Date,
): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE)
    const read = await parsed(root, some)
    for (const [at, element] of some.entries()) {
      const item = read.items[at] ?? Item.parse({})
      entries.push(entryOf(item, element, rawOf(element), now))
    }
    await pause()
  }
  return entries
}

async function parsed(root: Element, items: readonly Element[]): Promise<z.infer<typeof Channel>> {
  const parser = new Parser({ customFields })
  return Channel.parse(await parser.parseString(plainRss(root, items)))
}

function entryOf(item: z.infer<typeof Item>, element: Element, raw: string, now: Date): Entry {
  const base = item['skrode:base']
  return {
    id: item.guid?.trim() || item['rdf:about']?.trim() || undefined,
    link: item.link,
    title: markup(item.title, base),
    body: markup(item['skrode:content'] ?? item['skrode:description'], base),
    authors: item.authors.flatMap((line) => personFromText(line) ?? []),
    published: readDate(item.pubDate, now),
    updated: readDate(item['skrode:updated'], now),
    links: [],
    enclosures: item.enclosures.flatMap(
      ({ $: { url, type, length } }) => attachment({ url, type, size: length, name: undefined }) ?? [],
    ),
    replies: repliesOf(element),
    raw,
  }
}

function markup(text: string | undefined, base: string | undefined): Markup | undefined {
  return text ? { format: looksLikeHtml(text) ? 'html' : 'plain', text, base } : undefined
}
