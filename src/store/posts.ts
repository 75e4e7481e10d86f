import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { type AccountKey, type ChannelKey, type PostKey, serviceOf } from '../record/key.ts'
import type { PostSeen } from '../record/observation.ts'
import type { Chosen } from './choose-posts.ts'
import { blobs, texts, times, uuids } from './columns.ts'
import type { Content, Prepare } from './content.ts'

/** Ids of what a batch's posts speak of. */
export interface Ids {
  readonly accounts: ReadonlyMap<AccountKey, string>
  readonly channels: ReadonlyMap<ChannelKey, string>
  readonly services: ReadonlyMap<string, string>
}

/** A batch's posts in the order of their keys, and the columns that were made of their content. */
export interface PreparedPosts {
  readonly sorted: readonly (readonly [PostKey, Chosen | undefined])[]
  readonly content: readonly Uint8Array[]
}

/** Prepares the chosen posts, and placeholders for the posts that they only speak of, in the order of their keys. */
export async function preparePosts(
  chosen: ReadonlyMap<PostKey, Chosen>,
  placeholders: Iterable<PostKey>,
  prepare: Prepare,
): Promise<PreparedPosts> {
  const all = new Map<PostKey, Chosen | undefined>()
  for (const key of placeholders) all.set(key, undefined)
  for (const [key, one] of chosen) all.set(key, one)
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1))
  const contents = sorted.map(([, one]) => one && contentOf(one.post))
  return { sorted, content: await prepare(contents) }
}

function contentOf({ title, text, quoted, signature, raw }: PostSeen): Content {
  return { title, text, quoted, signature, raw }
}

/** Another store wrote one of the same posts meanwhile; what was decided has to be decided again. */
export class RaceLost extends Error {
  override name = 'RaceLost'
}

/** The ids of rows that were written, by key; `replaced` were there before, as a placeholder or an older copy. */
export interface WrittenPosts {
  readonly ids: ReadonlyMap<PostKey, string>
  readonly replaced: readonly string[]
}

/**
 * Writes them in one statement, in the order of their keys: the order in which every store takes its locks. A
 * placeholder never changes a row that is there. Throws `RaceLost` where a row turned out to outrank the post that
 * was chosen to replace it.
 */
export async function writePosts(
  tx: Sql,
  { sorted, content }: PreparedPosts,
  ids: Ids,
): Promise<WrittenPosts> {
  if (sorted.length === 0) return { ids: new Map(), replaced: [] }
  const posts = sorted.map(([, one]) => one?.post)
  const fresh = sorted.map(() => newId())
  const rows = await tx.query<{ key: PostKey; id: string }>(INSERT, [
    uuids(fresh),
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
  const ours = new Set(fresh)
  return { ids: written, replaced: rows.flatMap(({ id }) => (ours.has(id) ? [] : [id])) }
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
