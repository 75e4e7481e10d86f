import { hash } from 'node:crypto'
import type { Sql } from '../database/sql.ts'
import type { PostKey } from '../record/key.ts'
import type { PostSeen } from '../record/observation.ts'
import { texts } from './columns.ts'

/** What decides between two copies of one post. */
export interface Standing {
  readonly asOf: Date
  /** A copy that came through a channel says more than one that came past it. */
  readonly inChannel: boolean
  readonly digest: Buffer
}

/** A row of `post` as the store finds it. */
export interface PostRow {
  readonly id: string
  readonly identity: string | undefined
  readonly tombstoned: boolean
  /** Absent for a placeholder. */
  readonly standing?: Standing
}

/** The rows of these keys that exist. */
export async function findPosts(tx: Sql, keys: readonly PostKey[]): Promise<Map<PostKey, PostRow>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<{
    key: PostKey
    id: string
    identity: string | null
    as_of: Date | null
    digest: Buffer | null
    in_channel: boolean
    tombstoned: boolean
  }>(
    `select key, id, identity, as_of, digest, channel_id is not null as in_channel, tombstoned_at is not null as tombstoned
     from post where key = any($1)`,
    [texts(keys)],
  )
  return new Map(
    rows.map(({ key, id, identity, as_of, digest, in_channel, tombstoned }) => [
      key,
      {
        id,
        identity: identity ?? undefined,
        tombstoned,
        ...(as_of && digest && { standing: { asOf: as_of, inChannel: in_channel, digest } }),
      },
    ]),
  )
}

/** How this copy stands against others of the same post. */
export function standingOf(post: PostSeen): Standing {
  return { asOf: post.asOf, inChannel: post.channel !== undefined, digest: contentDigest(post) }
}

/**
 * Whether copy `a` takes the place of copy `b`: the newer one, then the one that came through a channel, then the
 * one with the greater digest. A total order, so that any order of arrival ends with the same copy.
 */
export function outranks(a: Standing, b: Standing): boolean {
  const age = a.asOf.getTime() - b.asOf.getTime()
  if (age !== 0) return age > 0
  if (a.inChannel !== b.inChannel) return a.inChannel
  return Buffer.compare(a.digest, b.digest) > 0
}

/** A digest over what a reader of the post would see; the way it came and its raw payload do not count. */
function contentDigest(post: PostSeen): Buffer {
  const sentAt = post.sentAtFrom === 'guessed' ? 0 : post.sentAt.getTime()
  const told = [
    post.title,
    post.author?.key,
    sentAt,
    post.editedAt?.getTime(),
    ...post.receivers.map(({ kind, account }) => `${kind} ${account.key}`),
    ...post.relations.map(({ kind, to }) => `${kind} ${to}`),
    ...post.links,
    ...post.attachments.map((file) => `${file.type} ${file.size} ${file.name} ${file.url}`),
    post.text,
    post.quoted,
    post.signature,
  ]
  return hash('sha1', told.join('\0'), 'buffer').subarray(0, 16)
}
