import { createHash } from 'node:crypto'
import { withoutControls } from './text.ts'

/** `mail+user:ann@example.org`: one account on one service, spelled one way wherever it is met. */
export type AccountKey = `${string}+user:${string}`
/** `mail+post:<message-id without brackets>`: one post. */
export type PostKey = `${string}+post:${string}`
/** `mail+channel:<list-id>`: one place where accounts meet. */
export type ChannelKey = `${string}+channel:${string}`

/** Keys are indexed, and a btree entry holds at most 2,704 bytes; longer ids are cut and closed with a digest. */
const LONGEST_ID = 512

/** Services whose users and channels are the same in any spelling of their case. */
const CASELESS = new Set(['mail', 'github', 'twitter', 'reddit', 'hackernews', 'lobsters', 'keybase', 'irc'])

/** The key of an account; `id` is the service's own, folded here and nowhere else. */
export function accountKey(service: string, id: string): AccountKey {
  return `${service}+user:${bounded(folded(service, id))}`
}

/** The key of a post. Post ids keep their case: message-ids and feed guids are case-sensitive. */
export function postKey(service: string, id: string): PostKey {
  return `${service}+post:${bounded(id)}`
}

/** The key of a channel; a mailing list and an IRC channel are the same in any case, a feed's URL is not. */
export function channelKey(service: string, id: string): ChannelKey {
  return `${service}+channel:${bounded(folded(service, id))}`
}

/** The service a key belongs to: `mail` of `mail+user:ann@example.org`. */
export function serviceOf(key: AccountKey | PostKey | ChannelKey): string {
  return key.slice(0, key.indexOf('+'))
}

function folded(service: string, id: string): string {
  return CASELESS.has(service) ? id.toLowerCase() : id
}

/** Most ids need no cleaning, and there are very many of them. */
const CLEAN = /^[!-~]{1,512}$/

function bounded(id: string): string {
  if (CLEAN.test(id)) return id
  const clean = withoutControls(id)
  if (Buffer.byteLength(clean) <= LONGEST_ID) return clean
  const digest = createHash('sha256').update(clean).digest('hex').slice(0, 32)
  return `${clean.slice(0, 100)}~${digest}`
}
