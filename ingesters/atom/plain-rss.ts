import { escapeUTF8 } from 'entities'
import { authorsOf } from './atom-entries.ts'
import type { Person } from './feed.ts'
import { looseText } from './markup.ts'
import { absolute, childOf, childrenOf, type Element, textOf } from './xml.ts'

/** Where the different RSS dialects keep their items: in the channel, beside it (RDF), or in a list (RSS 1.1). */
export function itemsOf(root: Element): Element[] {
  const channel = channelOf(root)
  const places = [channel, ...childrenOf(channel, 'items'), ...(channel === root ? [] : [root])]
  return places.flatMap((place) => childrenOf(place, 'item'))
}

/**
 * The same feed with some of its items as the plainest RSS 2.0 there is: canonical prefixes, markup as text, URLs
 * absolute. Texts that rss-parser would make snippets of, which takes it time with the square
 * of their length, go under names of our own.
 */
export function plainRss(root: Element, items: readonly Element[]): string {
  const channel = channelOf(root)
  const head = [
    plain('title', looseText(childOf(channel, 'title', 'dc:title'))?.text),
    plain('link', pageOf(channel)),
    plain('lastBuildDate', textOf(childOf(channel, 'lastbuilddate', 'pubdate', 'dc:date', 'atom:updated'))),
    plain(
      'managingEditor',
      textOf(childOf(channel, 'managingeditor', 'author', 'dc:creator', 'dc:author', 'itunes:author')),
    ),
  ]
  return `<rss version="2.0"><channel>${head.join('')}${items.map(plainItem).join('')}</channel></rss>`
}

function plainItem(item: Element): string {
  const content = childOf(item, 'content:encoded', 'atom:content', 'xhtml:body', 'body', 'fullitem')
  const guid = childOf(item, 'guid', 'atom:id')
  const fields = [
    plain('title', looseText(childOf(item, 'title', 'dc:title', 'atom:title', 'media:title'))?.text),
    plain('link', pageOf(item)),
    plain('guid', textOf(guid), [['isPermaLink', guid?.attributes.get('ispermalink')]]),
    plain(
      'pubDate',
      textOf(childOf(item, 'pubdate', 'dc:date', 'dcterms:created', 'dcterms:issued', 'atom:published')),
    ),
    plain('skrode:updated', textOf(childOf(item, 'dcterms:modified', 'atom:updated'))),
    ...authorLines(item).map((line) => plain('author', line)),
    plain('skrode:content', looseText(content)?.text),
    plain(
      'skrode:description',
      looseText(childOf(item, 'description', 'dc:description', 'atom:summary', 'summary', 'itunes:summary'))
        ?.text,
    ),
    plain('skrode:base', item.base),
    ...filesOf(item).map((file) => plainFile(file)),
  ]
  const about = item.attributes.get('rdf:about')
  return `<item${about ? attribute('rdf:about', about) : ''}>${fields.join('')}</item>`
}

/** A page as RSS links it; an Atom link, a GUID that is a permalink, or RDF's subject where it does not. */
function pageOf(element: Element): string | undefined {
  const link = childrenOf(element, 'link').find((link) => ownText(link))
  const atom = childrenOf(element, 'atom:link').find(
    ({ attributes }) => (attributes.get('rel') ?? 'alternate') === 'alternate',
  )
  const guid = childOf(element, 'guid')
  const isPermalink = guid && guid.attributes.get('ispermalink')?.toLowerCase() !== 'false'
  return (
    absolute(link && ownText(link), link?.base) ??
    absolute(atom?.attributes.get('href'), atom?.base) ??
    (isPermalink && /^https?:/i.test(textOf(guid) ?? '') ? textOf(guid) : undefined)
  )
}

/** The text up to the next tag: a link that is never closed does not swallow what comes after it. */
function ownText({ children: [first] }: Element): string {
  return typeof first === 'string' ? first.trim() : ''
}

function authorLines(item: Element): string[] {
  const written = ['author', 'dc:creator', 'dc:author', 'itunes:author']
    .map((name) => childrenOf(item, name).flatMap((author) => textOf(author) ?? []))
    .find((lines) => lines.length > 0)
  return written ?? authorsOf(item).map(lineOf)
}

function lineOf({ name, email }: Person): string {
  return email ? `${email} (${name ?? ''})` : (name ?? '')
}

/** Enclosures, and what Media RSS lists, alone or in a group. */
function filesOf(item: Element): Element[] {
  const groups = [item, ...childrenOf(item, 'media:group')]
  return [...childrenOf(item, 'enclosure'), ...groups.flatMap((group) => childrenOf(group, 'media:content'))]
}

function plainFile({ attributes, base }: Element): string {
  return plain('enclosure', '', [
    ['url', absolute(attributes.get('url') ?? attributes.get('rdf:resource'), base)],
    ['type', attributes.get('type')],
    ['length', attributes.get('length') ?? attributes.get('filesize')],
  ])
}

function plain(
  name: string,
  text?: string,
  attributes: readonly (readonly [string, string | undefined])[] = [],
): string {
  if (text === undefined) return ''
  const told = attributes.map(([key, value]) => (value === undefined ? '' : attribute(key, value)))
  return `<${name}${told.join('')}>${safe(text)}</${name}>`
}

function attribute(name: string, value: string): string {
  return ` ${name}="${safe(value)}"`
}

/** XML 1.0 has no control characters, not even escaped. */
function safe(text: string): string {
  return escapeUTF8(text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, ' '))
}

function channelOf(root: Element): Element {
  return childOf(root, 'channel') ?? root
}
