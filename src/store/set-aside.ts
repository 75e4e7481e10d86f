import { hash } from 'node:crypto'
import type { Sql } from '../database/sql.ts'
import type { UnreadableItem } from '../errors.ts'
import { newId } from '../record/id.ts'
import { withoutControls } from '../record/text.ts'
import { blobs, integers, texts, times, uuids } from './columns.ts'
import { pack, unpack } from './raw.ts'

/** More of an unreadable item is not kept; its full size is. */
const MOST_BYTES = 8 * 1024 * 1024

/** An item that could not be read, where it came from and why. */
export interface SetAside {
  readonly id: string
  readonly source: string
  /** The file or feed it stood in. */
  readonly stream: string
  readonly reason: string
  /** Bytes as the source sent them. */
  readonly size: number
  readonly seenAt: Date
}

/** Keeps unreadable items; the same bytes of the same source are kept once. */
export async function writeSetAside(
  tx: Sql,
  source: string,
  items: readonly { readonly stream: string; readonly item: UnreadableItem }[],
  now: Date,
): Promise<void> {
  if (items.length === 0) return
  const byDigest = new Map(items.map((one) => [hash('sha256', one.item.raw, 'hex'), one]))
  const rows = [...byDigest].map(([digest, { stream, item }]) => ({
    stream,
    item,
    raw: item.raw.subarray(0, MOST_BYTES),
    digest: Buffer.from(digest, 'hex'),
  }))
  await tx.query(
    `insert into set_aside (id, source, stream, reason, digest, raw, size, seen_at)
     select i.id, $1, i.stream, i.reason, i.digest, i.raw, i.size, i.seen_at
     from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::bigint[], $8::timestamptz[])
       as i (id, stream, reason, digest, raw, size, seen_at)
     order by i.digest
     on conflict (source, digest) do update set reason = excluded.reason, stream = excluded.stream`,
    [
      source,
      uuids(rows.map(() => newId())),
      texts(rows.map(({ stream }) => stream)),
      texts(rows.map(({ item }) => withoutControls(item.reason).slice(0, 1000))),
      blobs(rows.map(({ digest }) => digest)),
      blobs(rows.map(({ raw }) => pack(raw))),
      integers(rows.map(({ item }) => item.raw.byteLength)),
      times(rows.map(() => now)),
    ],
  )
}

/** What is set aside, newest first; of one source if `source` is given. */
export async function listSetAside(
  sql: Sql,
  { source, limit }: { readonly source?: string; readonly limit: number },
): Promise<SetAside[]> {
  const rows = await sql.query<Row>(
    `select id, source, stream, reason, size, seen_at from set_aside
     where $1::text is null or source = $1 order by id desc limit $2`,
    [source, limit],
  )
  return rows.map(toSetAside)
}

/** One item with its payload (its first 8 MiB), or undefined. `id` may be shortened to what is unambiguous. */
export async function findSetAside(
  sql: Sql,
  id: string,
): Promise<(SetAside & { readonly raw: Buffer }) | undefined> {
  const [row, ...more] = await sql.query<Row & { raw: Buffer }>(
    `select id, source, stream, reason, size, seen_at, raw from set_aside where starts_with(id::text, $1) limit 2`,
    [id.toLowerCase()],
  )
  return row && more.length === 0 ? { ...toSetAside(row), raw: unpack(row.raw) } : undefined
}

/** Forgets an item; in the same transaction as whatever became of it. */
export async function dropSetAside(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from set_aside where id = $1', [id])
}

interface Row {
  readonly id: string
  readonly source: string
  readonly stream: string
  readonly reason: string
  readonly size: string
  readonly seen_at: Date
}

function toSetAside({ id, source, stream, reason, size, seen_at }: Row): SetAside {
  return { id, source, stream, reason, size: Number(size), seenAt: seen_at }
}
