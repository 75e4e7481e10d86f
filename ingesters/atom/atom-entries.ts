import type { Attachment } from '../../src/record/observation.ts'
import { normalUrl } from '../../src/record/url.ts'
import { attachment } from './enclosure.ts'
import type { Entry, Feed, Person, Reference } from './feed.ts'
import { atomText } from './markup.ts'
import { readDate } from './date.ts'
import { personOf } from './person.ts'
import { absolute, childOf, childrenOf, type Element, textOf } from './xml.ts'

/** Links that lead a reader somewhere, besides the entry's own page. */
const WORTH_A_LINK = new Set(['related', 'via', 'alternate'])

/** An Atom feed without its entries: Atom 1.0 (RFC 4287) or 0.3. */
export function atomFeed(root: Element, now: Date): Omit<Feed, 'entries'> {
  return {
    title: atomText(childOf(root, 'atom:title')),
    homepage: alternate(childrenOf(root, 'atom:link')),
    authors: authorsOf(root),
    editor: undefined,
    updated: readDate(textOf(childOf(root, 'atom:updated', 'atom:modified')), now),
  }
}

/** An entry of an Atom feed; `raw` is how it was sent. */
export function atomEntry(element: Element, raw: string, now: Date): Entry {
  const links = childrenOf(element, 'atom:link')
  const content = childOf(element, 'atom:content')
  const source = childOf(element, 'atom:source')
  const own = authorsOf(element)
  return {
    id: textOf(childOf(element, 'atom:id')),
    link: alternate(links),
    title: atomText(childOf(element, 'atom:title')),
    body: atomText(content) ?? atomText(childOf(element, 'atom:summary')),
    authors: own.length > 0 || !source ? own : authorsOf(source),
    published: readDate(textOf(childOf(element, 'atom:published', 'atom:issued', 'atom:created')), now),
    updated: readDate(textOf(childOf(element, 'atom:updated', 'atom:modified')), now),
    links: links.filter((link) => WORTH_A_LINK.has(relation(link))).flatMap((link) => hrefOf(link) ?? []),
    enclosures: [
      ...links.filter((link) => relation(link) === 'enclosure'),
      ...(content ? [content] : []),
    ].flatMap((file) => enclosed(file) ?? []),
    replies: repliesOf(element),
    raw,
  }
}

/** Whoever Atom's author elements name; RSS feeds carry such elements too. */
export function authorsOf(element: Element): Person[] {
  return childrenOf(element, 'atom:author').flatMap(
    (author) =>
      personOf({
        name: textOf(childOf(author, 'atom:name')),
        email: textOf(childOf(author, 'atom:email')),
        url: absolute(textOf(childOf(author, 'atom:uri', 'atom:url', 'atom:homepage')), author.base),
      }) ?? [],
  )
}

/** What the entry answers, by RFC 4685; RSS feeds carry such elements too. */
export function repliesOf(element: Element): Reference[] {
  return childrenOf(element, 'thr:in-reply-to').flatMap(({ attributes, base }) => {
    const id = attributes.get('ref')?.trim()
    const feed = normalUrl(absolute(attributes.get('source'), base) ?? '')
    return id ? [{ id, feed }] : []
  })
}

/** The page that a set of links is about: HTML before other types. */
function alternate(links: readonly Element[]): string | undefined {
  const pages = links.filter((link) => relation(link) === 'alternate')
  const page = pages.find((link) => link.attributes.get('type')?.includes('html')) ?? pages[0]
  return page && hrefOf(page)
}

/** IANA's link relations may be written out as URLs (RFC 4287, section 4.2.7.2). */
function relation(link: Element): string {
  const written = link.attributes.get('rel')?.trim().toLowerCase() || 'alternate'
  return written.replace('http://www.iana.org/assignments/relation/', '')
}

function hrefOf(link: Element): string | undefined {
  return absolute(link.attributes.get('href'), link.base)
}

/** A link to a file, or content that stands elsewhere (`src`). */
function enclosed({ attributes, base }: Element): Attachment | undefined {
  return attachment({
    url: absolute(attributes.get('href') ?? attributes.get('src'), base),
    type: attributes.get('type'),
    size: attributes.get('length'),
    name: attributes.get('title'),
  })
}
