import type { Sql } from '../database/sql.ts'
import type { PostKey } from '../record/key.ts'
import type { PostSeen } from '../record/observation.ts'
import { withoutControls } from '../record/text.ts'
import type { Chosen } from './choose-posts.ts'
import { flags, integers, texts, uuids } from './columns.ts'
import type { PostRow } from './post-rows.ts'
import type { Ids } from './posts.ts'

/** What the posts of a batch point at, by their ids. */
export interface PostIds {
  readonly of: ReadonlyMap<PostKey, string>
  /** What was there before the batch. */
  readonly rows: ReadonlyMap<PostKey, PostRow>
  /** Ids of rows that the batch wrote over. */
  readonly replaced: readonly string[]
}

/** Writes the audience, relations, links and attachments of the chosen posts; those of a replaced copy go first. */
export async function writeEdges(
  tx: Sql,
  chosen: ReadonlyMap<PostKey, Chosen>,
  posts: PostIds,
  ids: Ids,
): Promise<void> {
  const written = [...chosen].flatMap(([key, { post }]) => {
    const id = posts.of.get(key)
    return id ? [{ id, post }] : []
  })
  await Promise.all([
    clearEdges(tx, posts.replaced),
    writeAudience(tx, written, ids),
    writeRelations(tx, written, posts),
    writeLinks(tx, written),
    writeAttachments(tx, written),
  ])
}

/** Takes away what these posts say of others: their audience, outgoing relations, links and attachments. */
export async function clearEdges(tx: Sql, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  await tx.query(
    `with ids as (select unnest($1::uuid[]) as id),
       a as (delete from audience where post_id in (select id from ids)),
       b as (delete from post_relation where from_id in (select id from ids)),
       c as (delete from post_link where post_id in (select id from ids))
     delete from attachment where post_id in (select id from ids)`,
    [uuids(postIds)],
  )
}

type Written = readonly { readonly id: string; readonly post: PostSeen }[]

async function writeAudience(tx: Sql, written: Written, ids: Ids): Promise<void> {
  const rows = written.flatMap(({ id, post }) => audienceOf(post, ids).map((row) => ({ id, row })))
  await tx.query(
    `insert into audience (post_id, kind, account_id, channel_id)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) on conflict do nothing`,
    [
      uuids(rows.map(({ id }) => id)),
      texts(rows.map(({ row }) => row.kind)),
      uuids(rows.map(({ row }) => row.account)),
      uuids(rows.map(({ row }) => row.channel)),
    ],
  )
}

interface AudienceRow {
  readonly kind: 'broadcast' | 'to' | 'cc' | 'bcc'
  readonly account?: string | undefined
  readonly channel?: string | undefined
}

/** At least one row: a post to nobody in particular is a broadcast, unless its receivers are hidden. */
function audienceOf(post: PostSeen, ids: Ids): AudienceRow[] {
  const rows: AudienceRow[] = post.receivers.map(({ kind, account }) => ({
    kind,
    account: ids.accounts.get(account.key),
  }))
  if (post.undisclosed) rows.push({ kind: 'bcc' })
  if (post.channel) rows.push({ kind: 'broadcast', channel: ids.channels.get(post.channel.key) })
  return rows.length > 0 ? rows : [{ kind: 'broadcast' }]
}

async function writeRelations(tx: Sql, written: Written, posts: PostIds): Promise<void> {
  const rows = written.flatMap(({ id, post }) =>
    post.relations.flatMap(({ kind, to }) => {
      const target = posts.of.get(to)
      return target && target !== id && !posts.rows.get(to)?.tombstoned ? [{ id, target, kind }] : []
    }),
  )
  await insertRelations(tx, rows, false)
}

/**
 * What a post's References say of its ancestors is taken for the ancestors that are placeholders: it holds a thread
 * together around a missing post, and goes when that post arrives and speaks for itself. Every copy of a post counts
 * here, also one that is known already, so that the order of arrival does not matter.
 */
export async function writeInferred(
  tx: Sql,
  seen: readonly PostSeen[],
  posts: PostIds,
  chosen: ReadonlyMap<PostKey, Chosen>,
): Promise<void> {
  const isMissing = (key: PostKey): boolean => {
    const row = posts.rows.get(key)
    return !chosen.has(key) && !row?.standing && !row?.tombstoned
  }
  const rows = seen.flatMap(({ ancestors = [] }) =>
    ancestors.flatMap((child, index) => {
      const parent = ancestors[index - 1]
      if (parent === undefined || !isMissing(child) || posts.rows.get(parent)?.tombstoned) return []
      const id = posts.of.get(child)
      const target = posts.of.get(parent)
      return id && target && id !== target ? [{ id, target, kind: 'reply' }] : []
    }),
  )
  await insertRelations(tx, rows, true)
}

async function insertRelations(
  tx: Sql,
  rows: readonly { readonly id: string; readonly target: string; readonly kind: string }[],
  inferred: boolean,
): Promise<void> {
  if (rows.length === 0) return
  const once = [...new Map(rows.map((row) => [`${row.id} ${row.target} ${row.kind}`, row])).values()]
  await tx.query(
    `insert into post_relation (from_id, to_id, kind, inferred)
     select i.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) as i (from_id, to_id, kind, inferred)
     where not i.inferred or exists (
       select from post where id = i.from_id and sent_at is null and tombstoned_at is null)
     on conflict do nothing`,
    [
      uuids(once.map(({ id }) => id)),
      uuids(once.map(({ target }) => target)),
      texts(once.map(({ kind }) => kind)),
      flags(once.map(() => inferred)),
    ],
  )
}

async function writeLinks(tx: Sql, written: Written): Promise<void> {
  const rows = written.flatMap(({ id, post }) => [...new Set(post.links)].map((url) => ({ id, url })))
  if (rows.length === 0) return
  await tx.query('insert into post_link (post_id, url) select * from unnest($1::uuid[], $2::text[])', [
    uuids(rows.map(({ id }) => id)),
    texts(rows.map(({ url }) => url)),
  ])
}

async function writeAttachments(tx: Sql, written: Written): Promise<void> {
  const rows = written.flatMap(({ id, post }) =>
    post.attachments.map((file, position) => ({ id, position, file })),
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into attachment (post_id, position, name, type, size, url)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[])`,
    [
      uuids(rows.map(({ id }) => id)),
      integers(rows.map(({ position }) => position)),
      texts(rows.map(({ file }) => file.name && withoutControls(file.name))),
      texts(rows.map(({ file }) => withoutControls(file.type))),
      integers(rows.map(({ file }) => file.size)),
      texts(rows.map(({ file }) => file.url)),
    ],
  )
}
