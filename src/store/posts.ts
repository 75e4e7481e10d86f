import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { type AccountKey, type ChannelKey, type PostKey, serviceOf } from '../record/key.ts'
import type { PostSeen } from '../record/observation.ts'
import { cleanText, withoutControls } from '../record/text.ts'
import type { Chosen } from './choose-posts.ts'
import { blobs, texts, times, uuids } from './columns.ts'
import { pack } from './raw.ts'
import { tsvectors } from './tsvector.ts'

/** Ids of what a batch's posts speak of. */
export interface Ids {
  readonly accounts: ReadonlyMap<AccountKey, string>
  readonly channels: ReadonlyMap<ChannelKey, string>
  readonly services: ReadonlyMap<string, string>
}

/**
 * The columns of posts that take work to make: texts, lexemes, packed payloads. Made before the transaction, so
 * that no lock is held meanwhile.
 */
export interface PreparedPosts {
  readonly sorted: readonly (readonly [PostKey, Chosen | undefined])[]
  readonly content: readonly Buffer[]
}

/** Prepares the chosen posts, and placeholders for the posts that they only speak of, in the order of their keys. */
export function preparePosts(
  chosen: ReadonlyMap<PostKey, Chosen>,
  placeholders: Iterable<PostKey>,
): PreparedPosts {
  const all = new Map<PostKey, Chosen | undefined>()
  for (const key of placeholders) all.set(key, undefined)
  for (const [key, one] of chosen) all.set(key, one)
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1))
  const posts = sorted.map(([, one]) => one?.post)
  return {
    sorted,
    content: [
      texts(posts.map((post) => post?.title && withoutControls(post.title))),
      texts(posts.map((post) => post && cleanText(post.text))),
      texts(posts.map((post) => post?.quoted && cleanText(post.quoted))),
      texts(posts.map((post) => post?.signature && cleanText(post.signature))),
      tsvectors(posts.map((post) => (post ? weighted(post) : undefined))),
      blobs(posts.map((post) => post && pack(post.raw))),
    ],
  }
}

function weighted(post: PostSeen): readonly (readonly [string | undefined, 'A' | 'B' | 'C' | 'D'])[] {
  return [
    [post.title, 'A'],
    [post.text, 'B'],
    [post.signature, 'C'],
    [post.quoted, 'D'],
  ]
}

/** Another store wrote one of the same posts meanwhile; what was decided has to be decided again. */
export class RaceLost extends Error {
  override name = 'RaceLost'
}

/**
 * Writes them in one statement, in the order of their keys: the order in which every store takes its locks.
 * Answers the id of each key that is new or was replaced. A placeholder never changes a row that is there. Throws
 * `RaceLost` where a row turned out to outrank the post that was chosen to replace it.
 */
export async function writePosts(
  tx: Sql,
  { sorted, content }: PreparedPosts,
  ids: Ids,
): Promise<Map<PostKey, string>> {
  if (sorted.length === 0) return new Map()
  const posts = sorted.map(([, one]) => one?.post)
  const rows = await tx.query<{ key: PostKey; id: string }>(INSERT, [
    uuids(sorted.map(() => newId())),
    uuids(sorted.map(([key]) => ids.services.get(serviceOf(key)))),
    texts(sorted.map(([key]) => key)),
    uuids(posts.map((post) => post?.author && ids.accounts.get(post.author.key))),
    uuids(posts.map((post) => post?.channel && ids.channels.get(post.channel.key))),
    times(posts.map((post) => post?.sentAt)),
    texts(posts.map((post) => post?.sentAtFrom)),
    times(posts.map((post) => post?.editedAt)),
    times(posts.map((post) => post?.asOf)),
    texts(posts.map((post) => post?.identity)),
    blobs(sorted.map(([, one]) => one?.standing.digest)),
    ...content,
  ])
  const written = new Map(rows.map(({ key, id }) => [key, id]))
  const lost = sorted.find(([key, one]) => one && !written.has(key))
  if (lost) throw new RaceLost(lost[0])
  return written
}

const COLUMNS =
  'author_id channel_id sent_at sent_at_from edited_at as_of identity digest title body quoted signature search raw'.split(
    ' ',
  )

/** The condition is `outranks` again, for what happened since the rows were looked up. */
const INSERT = `
  insert into post (id, service_id, key, ${COLUMNS.join(', ')})
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[],
    $8::timestamptz[], $9::timestamptz[], $10::text[], $11::bytea[], $12::text[], $13::text[], $14::text[], $15::text[],
    $16::tsvector[], $17::bytea[])
  on conflict (key) do update set (${COLUMNS.join(', ')}) = row(${COLUMNS.map((column) => `excluded.${column}`).join(', ')})
  where excluded.sent_at is not null and post.tombstoned_at is null and (post.sent_at is null
    or post.identity is not distinct from excluded.identity
    and (excluded.as_of, excluded.channel_id is not null, excluded.digest) > (post.as_of, post.channel_id is not null, post.digest))
  returning key, id`
