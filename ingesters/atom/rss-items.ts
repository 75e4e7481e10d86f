import Parser from 'rss-parser'
import { z } from 'zod'
import { repliesOf } from './atom-entries.ts'
import { readDate } from './date.ts'
import { attachment } from './enclosure.ts'
import type { Entry, Feed, Markup } from './feed.ts'
import { looksLikeHtml } from './markup.ts'
import { personFromText } from './person.ts'
import { itemsOf, plainRss } from './plain-rss.ts'
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

/**
 * RSS 0.9x, 1.0 (RDF) and 2.0 by rss-parser, which is given a plain and well-formed edition of the feed. Each item
 * goes with the element that it was made from.
 */
export async function rssFeed(
  root: Element,
  now: Date,
  rawOf: (element: Element) => string,
): Promise<Omit<Feed, 'entries'> & { readonly items: readonly (readonly [Element, Entry])[] }> {
  const parser = new Parser({
    customFields: {
      item: [
        'skrode:updated',
        'skrode:content',
        'skrode:description',
        'skrode:base',
        ['author', 'authors', { keepArray: true }],
        ['enclosure', 'enclosures', { keepArray: true }],
      ],
    },
  })
  const channel = Channel.parse(await parser.parseString(plainRss(root)))
  const elements = itemsOf(root)
  return {
    title: markup(channel.title, root.base),
    homepage: channel.link,
    authors: [],
    editor: personFromText(channel.managingEditor),
    updated: readDate(channel.lastBuildDate, now),
    items: elements.flatMap((element, at) => {
      const item = channel.items[at]
      return item ? [[element, entryOf(item, element, rawOf(element), now)]] : []
    }),
  }
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
