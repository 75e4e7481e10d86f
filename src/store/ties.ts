import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import type { PostKey } from '../record/key.ts'
import type { InteractionSeen, MembershipSeen, RelationSeen } from '../record/observation.ts'
import { texts, times, uuids } from './columns.ts'
import type { Ids } from './posts.ts'

/** Who follows, blocks or ignores whom. Answers how many edges opened, closed or reached further back. */
export async function writeAccountRelations(
  tx: Sql,
  seen: readonly RelationSeen[],
  ids: Ids,
): Promise<number> {
  const ends = seen.flatMap(({ from, to, relation, at, ended }) => {
    const left = ids.accounts.get(from.key)
    const right = ids.accounts.get(to.key)
    return left && right ? [{ left, right, kind: relation, at, ended }] : []
  })
  return writeIntervals(tx, 'account_relation', ['from_id', 'to_id', 'kind'], ends)
}

/** Who is in which channel. Answers likewise. */
export async function writeMemberships(tx: Sql, seen: readonly MembershipSeen[], ids: Ids): Promise<number> {
  const ends = seen.flatMap(({ account, channel, at, ended }) => {
    const left = ids.accounts.get(account.key)
    const right = ids.channels.get(channel.key)
    return left && right ? [{ left, right, at, ended }] : []
  })
  return writeIntervals(tx, 'membership', ['account_id', 'channel_id'], ends)
}

interface End {
  readonly left: string
  readonly right: string
  readonly kind?: string
  readonly at: Date
  readonly ended?: boolean | undefined
}

/**
 * One open interval an edge. An end closes the interval that is open at that time; a start opens one, unless an
 * interval already covers that time, and moves the start of the open one back when it is earlier.
 */
async function writeIntervals(
  tx: Sql,
  table: 'account_relation' | 'membership',
  columns: readonly string[],
  ends: readonly End[],
): Promise<number> {
  const inTime = ends.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.left + a.right < b.left + b.right ? -1 : 1),
  )
  const same = columns.map((column, index) => `t.${column} = $${index + 2}`).join(' and ')
  let changed = 0
  for (const { left, right, kind, at, ended } of inTime) {
    const key = kind === undefined ? [left, right] : [left, right, kind]
    const rows = ended
      ? await tx.query(
          `update ${table} t set until = $1 where ${same} and until is null and since <= $1 returning id`,
          [at, ...key],
        )
      : await tx.query(
          `insert into ${table} as t (since, ${columns.join(', ')}, id)
           select $1::timestamptz, ${columns.map((column, index) => `$${index + 2}::${column === 'kind' ? 'text' : 'uuid'}`).join(', ')}, $${columns.length + 2}::uuid
           where not exists (select from ${table} t where ${same} and since <= $1 and until >= $1)
           on conflict (${columns.join(', ')}) where until is null do update set since = excluded.since
             where excluded.since < t.since
           returning id`,
          [at, ...key, newId()],
        )
    changed += rows.length
  }
  return changed
}

/** Who likes or shares what. Answers how many were new or taken back. */
export async function writeInteractions(
  tx: Sql,
  seen: readonly InteractionSeen[],
  ids: Ids,
  posts: ReadonlyMap<PostKey, string>,
): Promise<number> {
  if (seen.length === 0) return 0
  const rows = seen.flatMap(({ account, post, interaction, at, ended }) => {
    const by = ids.accounts.get(account.key)
    const on = posts.get(post)
    return by && on ? [{ by, on, interaction, at, ended }] : []
  })
  const last = [...new Map(rows.map((row) => [`${row.by} ${row.on} ${row.interaction}`, row])).values()]
  const given = last.filter(({ ended }) => !ended)
  const taken = last.filter(({ ended }) => ended)
  const columns = (of: typeof last): Buffer[] => [
    uuids(of.map(({ by }) => by)),
    uuids(of.map(({ on }) => on)),
    texts(of.map(({ interaction }) => interaction)),
  ]
  const added = await tx.query(
    `insert into interaction (account_id, post_id, kind, at)
     select i.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as i (account_id, post_id, kind, at)
     where not exists (select from post where id = i.post_id and tombstoned_at is not null)
     on conflict do nothing returning post_id`,
    [...columns(given), times(given.map(({ at }) => at))],
  )
  const removed = await tx.query(
    `delete from interaction t using unnest($1::uuid[], $2::uuid[], $3::text[]) as i (account_id, post_id, kind)
     where (t.account_id, t.post_id, t.kind) = (i.account_id, i.post_id, i.kind) returning t.post_id`,
    columns(taken),
  )
  return added.length + removed.length
}
