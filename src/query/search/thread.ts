import type { Sql } from '../../database/sql.ts'

/** A conversation longer than this is shown in part. */
const MOST_POSTS = 5000

/**
 * The ids of all posts of the conversation that a post stands in: along replies both ways, through posts that are
 * only referred to. Empty where no post has the key.
 */
export async function conversation(sql: Sql, key: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(CONVERSATION, [key, MOST_POSTS])
  return rows.map(({ id }) => id)
}

const CONVERSATION = `
  with recursive talk as (
    select id from post where key = $1
    union
    select next.id from talk cross join lateral (
      select to_id as id from post_relation where from_id = talk.id and kind = 'reply'
      union all
      select from_id from post_relation where to_id = talk.id and kind = 'reply'
    ) next
  )
  select id from talk limit $2`
