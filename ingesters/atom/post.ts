import { createHash } from 'node:crypto'
import { type PostKey, accountKey, channelKey, postKey } from '../../src/record/key.ts'
import type { AccountMet, ChannelMet, Claim, PostSeen } from '../../src/record/observation.ts'
import { cleanName, fold } from '../../src/record/text.ts'
import { normalUrl } from '../../src/record/url.ts'
import type { Entry, Feed, Person, Reference } from './feed.ts'
import { oneLine, readable } from './html.ts'

const MOST_LINKS = 200

/** How the entries of one feed become posts; `key` is the URL that stands for the feed in every key. */
export function postsOf(key: string, feed: Feed, now: Date): (entry: Entry) => PostSeen {
  const channel = channelOf(key, feed)
  const nobody = feedAccount(key, feed)
  const known = new Set(feed.entries.flatMap((entry) => ('kind' in entry ? [] : identity(entry))))
  return (entry) => {
    const [author = feed.authors[0]] = entry.authors
    const body = entry.body && readable(entry.body)
    const title = entry.title && oneLine(entry.title)
    return {
      kind: 'post',
      key: entryKey(key, identity(entry)),
      author: author ? authorAccount(key, author) : nobody,
      channel,
      ...times(entry, feed, now),
      ...(title && { title }),
      text: body?.text ?? '',
      ...(body?.quoted && { quoted: body.quoted }),
      receivers: [],
      relations: repliesOf(key, entry.replies, known),
      links: linksOf(entry, body?.links ?? []),
      attachments: entry.enclosures.slice(0, MOST_LINKS),
      raw: Buffer.from(entry.raw),
    }
  }
}

/**
 * What tells an entry from the others of its feed: its id, else its link, else what it says. The feed is always in
 * the key besides, since anybody can write anybody's id into a feed of their own.
 */
function identity({ id, link, title, body, published, enclosures }: Entry): string {
  if (id) return id
  if (link) return normalUrl(link) ?? link
  const told = JSON.stringify([title?.text, body?.text, published, enclosures[0]?.url])
  return `sha256:${createHash('sha256').update(told).digest('hex').slice(0, 32)}`
}

function entryKey(feed: string, id: string): PostKey {
  return postKey('atom', `${feed}#${id}`)
}

type Times = Pick<PostSeen, 'sentAt' | 'sentAtFrom' | 'editedAt' | 'asOf'>

/** An entry without a date borrows the feed's; it is as current as the moment it was fetched. */
function times({ published, updated }: Entry, feed: Feed, now: Date): Times {
  const sentAt = published ?? updated
  if (!sentAt) return { sentAt: feed.updated ?? now, sentAtFrom: 'guessed', asOf: now }
  const isEdited = updated && updated.getTime() > sentAt.getTime()
  return { sentAt, sentAtFrom: 'sent', asOf: updated ?? sentAt, ...(isEdited && { editedAt: updated }) }
}

/** Feeds name authors by name, seldom by anything steadier; one name in one feed is one account. */
function authorAccount(feed: string, { name, email, url }: Person): AccountMet {
  return {
    key: accountKey('atom', `${feed}#${fold(name ?? email ?? url ?? '')}`),
    names: name ? [{ kind: 'display', value: name }] : [],
    claims: claimsOf(email, url),
  }
}

function feedAccount(feed: string, { title, homepage, editor }: Feed): AccountMet {
  const name = title && cleanName(oneLine(title))
  return {
    key: accountKey('atom', feed),
    names: name ? [{ kind: 'display', value: name }] : [],
    claims: claimsOf(editor?.email, homepage && normalUrl(homepage)),
  }
}

function claimsOf(email: string | undefined, url: string | undefined): Claim[] {
  const claims: Claim[] = []
  if (email) claims.push({ kind: 'email', value: email, how: 'profile' })
  if (url) claims.push({ kind: 'url', value: url, how: 'profile' })
  return claims
}

function channelOf(feed: string, { title }: Feed): ChannelMet {
  const name = title && cleanName(oneLine(title))
  return { key: channelKey('atom', feed), kind: 'feed', ...(name && { title: name }) }
}

/** Replies within the feed, and to feeds that the reply names; an id alone could be anybody's. */
function repliesOf(
  feed: string,
  replies: readonly Reference[],
  known: ReadonlySet<string>,
): PostSeen['relations'] {
  return replies.slice(0, MOST_LINKS).flatMap((reply) => {
    const place = reply.feed ?? (known.has(reply.id) ? feed : undefined)
    return place ? [{ kind: 'reply', to: entryKey(place, reply.id) }] : []
  })
}

function linksOf(entry: Entry, inText: readonly string[]): string[] {
  const all = [entry.link, ...entry.links, ...inText].flatMap((link) => normalUrl(link ?? '') ?? [])
  return [...new Set(all)].slice(0, MOST_LINKS)
}
