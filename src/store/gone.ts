import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { serviceOf } from '../record/key.ts'
import type { PostGone } from '../record/observation.ts'
import { texts, times, uuids } from './columns.ts'
import { clearEdges } from './edges.ts'

/**
 * Leaves a tombstone for each deleted post: its key and the time, without author, text, payload or edges in either
 * direction. A post that was never seen gets one too, so that an older copy of it is not stored later. Answers how
 * many were not tombstones already.
 */
export async function writeGone(
  tx: Sql,
  gone: readonly PostGone[],
  services: ReadonlyMap<string, string>,
): Promise<number> {
  if (gone.length === 0) return 0
  const once = [...new Map(gone.map((one) => [one.key, one])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  )
  const rows = await tx.query<{ id: string }>(
    `insert into post (id, service_id, key, tombstoned_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
     on conflict (key) do update set tombstoned_at = excluded.tombstoned_at, author_id = null, channel_id = null,
       sent_at = null, sent_at_from = null, edited_at = null, as_of = null, identity = null, digest = null, title = null,
       body = null, quoted = null, signature = null, search = null, raw = null
     where post.tombstoned_at is null
     returning id`,
    [
      uuids(once.map(() => newId())),
      uuids(once.map(({ key }) => services.get(serviceOf(key)))),
      texts(once.map(({ key }) => key)),
      times(once.map(({ at }) => at)),
    ],
  )
  const ids = rows.map(({ id }) => id)
  await clearEdges(tx, ids)
  await tx.query('delete from post_relation where to_id = any($1)', [uuids(ids)])
  await tx.query('delete from interaction where post_id = any($1)', [uuids(ids)])
  return ids.length
}
