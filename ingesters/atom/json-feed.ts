import { z } from 'zod'
import { UnreadableItem } from '../../src/errors.ts'
import { normalUrl } from '../../src/record/url.ts'
import { readDate } from './date.ts'
import { attachment } from './enclosure.ts'
import type { Entry, Feed, Markup, Person } from './feed.ts'
import { personOf } from './person.ts'
import { absolute } from './xml.ts'

const text = z.string().optional().catch(undefined)

const Author = z.object({ name: text, url: text })
const authors = z.array(Author).optional().catch(undefined)
const author = Author.optional().catch(undefined)

const File = z.object({
  url: text,
  mime_type: text,
  title: text,
  size_in_bytes: z.number().optional().catch(undefined),
})

/** JSON Feed 1.1, and `author` of 1.0; ids of feeds that write them as numbers count too, as 1.1 asks. */
const Item = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  authors,
  author,
  attachments: z.array(File).catch([]).default([]),
})

const Document = z.object({
  version: z.string(),
  title: text,
  home_page_url: text,
  authors,
  author,
  items: z.array(z.unknown()),
})

/** A JSON Feed (jsonfeed.org/version/1.1); throws what was wanted and not found. `address` is where it came from. */
export function readJsonFeed(json: string, address: string | undefined, now: Date): Feed {
  const read = Document.safeParse(JSON.parse(json))
  if (!read.success) throw new Error('wanted a JSON Feed with a version and items, found other JSON')
  const feed = read.data
  return {
    title: plain(feed.title),
    homepage: absolute(feed.home_page_url, address),
    authors: people(feed),
    editor: undefined,
    updated: undefined,
    entries: feed.items.map((item) => entryOf(item, address, now)),
  }
}

function entryOf(found: unknown, address: string | undefined, now: Date): Entry | UnreadableItem {
  const raw = (JSON.stringify(found) ?? '').slice(0, 65_536)
  const read = Item.safeParse(found)
  if (!read.success) return new UnreadableItem('wanted a JSON Feed item, found other JSON', raw)
  const item = read.data
  return {
    id: item.id,
    link: absolute(item.url, address),
    title: plain(item.title),
    body:
      html(item.content_html, absolute(item.url, address) ?? address) ??
      plain(item.content_text ?? item.summary),
    authors: people(item),
    published: readDate(item.date_published, now),
    updated: readDate(item.date_modified, now),
    links: [absolute(item.external_url, address)].flatMap((link) => normalUrl(link ?? '') ?? []),
    enclosures: item.attachments.flatMap(
      ({ url, mime_type, size_in_bytes, title }) =>
        attachment({
          url: absolute(url, address),
          type: mime_type,
          size: size_in_bytes?.toFixed(),
          name: title,
        }) ?? [],
    ),
    replies: [],
    raw,
  }
}

type Authors = { readonly authors?: z.infer<typeof authors>; readonly author?: z.infer<typeof author> }

function people({ authors, author }: Authors): Person[] {
  const named = authors ?? (author ? [author] : [])
  return named.flatMap(({ name, url }) => {
    const isMail = /^mailto:/i.test(url ?? '')
    return personOf({ name, email: isMail ? url?.slice(7) : undefined, url: isMail ? undefined : url }) ?? []
  })
}

function plain(text: string | undefined): Markup | undefined {
  return text?.trim() ? { format: 'plain', text: text.trim(), base: undefined } : undefined
}

function html(text: string | undefined, base: string | undefined): Markup | undefined {
  return text?.trim() ? { format: 'html', text: text.trim(), base } : undefined
}
