import type { Sql } from '../../database/sql.ts'
import type { AccountKey, ChannelKey, PostKey } from '../../record/key.ts'
import type { Found } from './find-posts.ts'
import type { Sought } from './lexeme-query.ts'
import { mentions, type Snippet, snippetOf } from './snippet.ts'

/** A post as an answer shows it. */
export interface Hit {
  readonly key: PostKey
  readonly sentAt: Date
  readonly author?: { readonly key: AccountKey; readonly name: string; readonly persona: string }
  readonly channel?: { readonly key: ChannelKey; readonly title: string }
  readonly title?: Snippet
  /** The place of the post that matches best; of what it quotes where only that does. */
  readonly snippet: Snippet
  readonly rank: number
}

/** These posts as they are shown, in the same order. One that was taken down meanwhile is left out. */
export async function hitsOf(sql: Sql, found: readonly Found[], sought: readonly Sought[]): Promise<Hit[]> {
  const rows = await sql.query<Row>(HITS, [found.map(({ id }) => id), READ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.flatMap(({ id, rank }) => {
    const row = byId.get(id)
    return row ? [hitOf(row, rank, sought)] : []
  })
}

interface Row {
  readonly id: string
  readonly key: PostKey
  readonly sent_at: Date
  readonly title: string | null
  readonly body: string
  readonly quoted: string | null
  readonly author: AccountKey | null
  readonly persona: string | null
  readonly name: string | null
  readonly channel: ChannelKey | null
  readonly channel_title: string | null
}

/** A title longer than this is a text. */
const LONG_TITLE = 200
/** How many characters of a post are read for its snippet. */
const READ = 200_000

function hitOf(row: Row, rank: number, sought: readonly Sought[]): Hit {
  const { key, author, persona, name, channel } = row
  return {
    key,
    sentAt: row.sent_at,
    ...(author && persona && { author: { key: author, name: name ?? author, persona } }),
    ...(channel && { channel: { key: channel, title: row.channel_title ?? channel } }),
    ...(row.title && { title: snippetOf(row.title, sought, LONG_TITLE) }),
    snippet: snippetOf(bestOf(row, sought), sought),
    rank,
  }
}

function bestOf({ title, body, quoted }: Row, sought: readonly Sought[]): string {
  if (!quoted || mentions(body, sought) || (title && mentions(title, sought))) return body
  return mentions(quoted, sought) ? quoted : body
}

const HITS = `
  select post.id, post.key, post.sent_at, post.title, left(post.body, $2) as body, left(post.quoted, $2) as quoted,
    account.key as author, account.persona_id as persona, name.value as name, channel.key as channel, channel.title as channel_title
  from post
  left join account on account.id = post.author_id
  left join channel on channel.id = post.channel_id
  left join lateral (
    select value from name where account_id = account.id order by kind = 'display' desc, last_seen desc, value limit 1
  ) name on true
  where post.id = any($1::uuid[]) and post.sent_at is not null and post.tombstoned_at is null`
