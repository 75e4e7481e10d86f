import type { Sql } from '../../src/database/sql.ts'

/**
 * Everything a database knows, as sorted lines that speak of keys instead of ids: two databases that were filled with
 * the same things, in whatever order and by however many processes, give the same dump. Cursors and jobs are left out.
 */
export async function dump(sql: Sql): Promise<string[]> {
  const parts = await Promise.all(
    Object.entries(TABLES).map(async ([table, query]) => {
      const rows = await sql.query<{ line: string }>(
        `select to_jsonb(t)::text as line from (${query}) t`,
        [],
        'once',
      )
      return rows.map(({ line }) => `${table} ${line}`)
    }),
  )
  return parts.flat().sort()
}

const TABLES = {
  service: 'select key, title, urls from service',
  persona: 'select count(*) from persona',
  account: `select key, first_seen, last_seen, as_of, raw, count(*) over (partition by persona_id) as of_persona from account`,
  name: `select a.key, n.kind, n.value, n.folded, n.first_seen, n.last_seen from name n join account a on a.id = n.account_id`,
  claim: `select a.key, c.kind, c.value, c.how, c.verified, c.first_seen, c.last_seen from claim c join account a on a.id = c.account_id`,
  channel: 'select key, kind, title from channel',
  post: `select p.key, a.key as author, c.key as channel, sent_at, sent_at_from, edited_at, p.as_of, identity, digest,
    p.title, body, quoted, signature, search::text, tombstoned_at, p.raw
    from post p left join account a on a.id = p.author_id left join channel c on c.id = p.channel_id`,
  post_relation: `select f.key as from, t.key as to, r.kind, r.inferred from post_relation r
    join post f on f.id = r.from_id join post t on t.id = r.to_id`,
  audience: `select p.key, u.kind, a.key as account, c.key as channel from audience u join post p on p.id = u.post_id
    left join account a on a.id = u.account_id left join channel c on c.id = u.channel_id`,
  post_link: 'select p.key, l.url from post_link l join post p on p.id = l.post_id',
  attachment: `select p.key, t.position, t.name, t.type, t.size, t.url from attachment t join post p on p.id = t.post_id`,
  interaction: `select a.key as account, p.key as post, i.kind from interaction i
    join account a on a.id = i.account_id join post p on p.id = i.post_id`,
  account_relation: `select f.key as from, t.key as to, r.kind, r.since, r.until from account_relation r
    join account f on f.id = r.from_id join account t on t.id = r.to_id`,
  membership: `select a.key as account, c.key as channel, m.since, m.until from membership m
    join account a on a.id = m.account_id join channel c on c.id = m.channel_id`,
  set_aside: 'select source, stream, reason, digest, size from set_aside',
}
