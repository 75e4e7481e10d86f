import { UnreadableItem } from '../../src/errors.ts'
import { atomEntry, atomFeed } from './atom-entries.ts'
import { decode } from './charset.ts'
import type { Entry, Feed } from './feed.ts'
import { readJsonFeed } from './json-feed.ts'
import { feedsIn } from './opml.ts'
import { itemsOf } from './plain-rss.ts'
import { rssEntries, rssFeed } from './rss-items.ts'
import { childrenOf, type Element, readXml } from './xml.ts'

/** What was found where a feed was wanted. */
export type Document =
  | { readonly kind: 'feed'; readonly feed: Feed }
  | { readonly kind: 'list'; readonly feeds: readonly (string | UnreadableItem)[] }

/** A document as it arrived. */
export interface Received {
  readonly bytes: Uint8Array
  /** There was more than the limit allows. */
  readonly isCut: boolean
  /** The value of the Content-Type header, where there was one. */
  readonly contentType?: string | undefined
  /** Where it really came from, for relative URLs. */
  readonly address?: string | undefined
}

/** How much of an entry is kept as it was sent, in characters; of a whole feed, in bytes. */
const LONGEST_RAW = 65_536
const LONGEST_FEED_RAW = 262_144

/** Reads a feed or a list of feeds, whatever its dialect; what is neither becomes one unreadable item. */
export async function readDocument(received: Received, now: Date): Promise<Document | UnreadableItem> {
  try {
    if (received.isCut) throw new Error(`larger than the ${received.bytes.length} bytes allowed`)
    const text = decode(received.bytes, received.contentType)
    if (/^\s*[{[]/.test(text)) {
      return { kind: 'feed', feed: checked(readJsonFeed(text, received.address, now)) }
    }
    return await readXmlDocument(text, received.address, now)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return new UnreadableItem(`feed cannot be read: ${reason}`, received.bytes.subarray(0, LONGEST_FEED_RAW))
  }
}

async function readXmlDocument(text: string, address: string | undefined, now: Date): Promise<Document> {
  const root = readXml(text, address)
  const rawOf = (element: Element) =>
    text.slice(element.start, Math.min(element.end, element.start + LONGEST_RAW))

  switch (root?.name) {
    case 'opml':
      return { kind: 'list', feeds: feedsIn(root, rawOf) }
    case 'atom:feed':
    case 'atom:entry':
      return { kind: 'feed', feed: readAtom(root, rawOf, now) }
    case 'rss':
    case 'rdf:rdf':
    case 'channel':
      return { kind: 'feed', feed: await readRss(root, rawOf, now) }
    default:
      throw new Error(`wanted RSS, Atom, JSON Feed or OPML, found ${described(root)}`)
  }
}

function readAtom(root: Element, rawOf: (element: Element) => string, now: Date): Feed {
  const elements = root.name === 'atom:entry' ? [root] : childrenOf(root, 'atom:entry')
  const entries = elements.map((element) => whole(element, atomEntry(element, rawOf(element), now)))
  return { ...atomFeed(root, now), entries }
}

async function readRss(root: Element, rawOf: (element: Element) => string, now: Date): Promise<Feed> {
  const elements = itemsOf(root)
  const found = await rssEntries(root, elements, rawOf, now)
  const entries = elements.flatMap((element, at) => (found[at] ? whole(element, found[at]) : []))
  return { ...(await rssFeed(root, now)), entries }
}

/** Half an entry is not stored: it would stand there as if its author had written no more. */
function whole(element: Element, entry: Entry): Entry | UnreadableItem {
  return element.isComplete ? worthKeeping(entry) : new UnreadableItem('entry is cut off', entry.raw)
}

function checked(feed: Feed): Feed {
  return {
    ...feed,
    entries: feed.entries.map((entry) => (entry instanceof UnreadableItem ? entry : worthKeeping(entry))),
  }
}

function worthKeeping(entry: Entry): Entry | UnreadableItem {
  if (entry.id || entry.link || entry.title || entry.body || entry.enclosures.length > 0) return entry
  return new UnreadableItem('entry has neither id, link, title, text nor enclosure', entry.raw)
}

function described(root: Element | undefined): string {
  if (!root) return 'no XML element'
  return /(^|:)html$/.test(root.name)
    ? 'an HTML page'
    : `the element ${root.name.replace('unknown:', '').slice(0, 100)}`
}
