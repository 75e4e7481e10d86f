import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'

import type { Sql } from '../../src/database/sql.ts'
import { newId } from '../../src/record/id.ts'
import { channelKey, postKey } from '../../src/record/key.ts'
import { blobs, texts, times, uuids } from '../../src/store/columns.ts'
import { tsvectors } from '../../src/store/tsvector.ts'
import { type Random, seeded, zipf } from './random.ts'
import { writer } from './words.ts'

const BATCH = 4000
const CHANNELS = 300
/** A prime that no round number of accounts is a multiple of. */
const STRIDE = 104_729
const BEGAN = Date.UTC(2011, 10, 1)
const SPAN_MS = 15 * 365.25 * 86_400_000

/** Words put in on purpose, so that the bench can ask for them. */
export const PLANTED = {
  /** In one post of 50,000. */
  rare: Array.from({ length: 40 }, (_, index) => `quixal${index}x`),
  /** Only in the first third of the years, there in one post of 2,000. */
  old: Array.from({ length: 40 }, (_, index) => `yorven${index}x`),
  /** As a phrase in one post of 5,000; each word also stands alone. */
  phrases: Array.from({ length: 40 }, (_, index) => [`mafdo${index}x`, `pelku${index}x`] as const),
}

interface PostRow {
  readonly id: string
  readonly key: string
  readonly author: string
  readonly channel: string
  readonly at: Date
  readonly title: string
  readonly body: string
  readonly quoted?: string
  readonly signature?: string
  readonly to?: string
  readonly replyTo?: string
}

/** Writes `count` posts by these accounts, oldest first: a few people and a few lists write most of it. */
export async function fillPosts(
  sql: Sql,
  count: number,
  accounts: readonly string[],
  seed: number,
): Promise<void> {
  const random = seeded(seed)
  const channels = await addChannels(sql)
  const compose = composer(random, accounts, [...channels])
  let writing = Promise.resolve()
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(count, start + BATCH)
    const rows = Array.from({ length: end - start }, (_, index) => compose(start + index, count))
    await writing
    writing = writeBatch(sql, rows)
  }
  await writing
}

function composer(
  random: Random,
  accounts: readonly string[],
  channels: readonly string[],
): (number: number, of: number) => PostRow {
  const write = writer(400_000, random)
  const rank = zipf(accounts.length, { exponent: 0.9 }, random)
  // Who writes most must not be who was invented first.
  const author = (): string => accounts[(rank() * STRIDE) % accounts.length] ?? ''
  const channel = zipf(channels.length, { exponent: 1 }, random)
  const parents: PostRow[] = []
  return (number, of) => {
    const parent = random.chance(0.6) ? parents[random.below(parents.length)] : undefined
    const row: PostRow = {
      id: newId(),
      key: postKey('mail', `${number}.bench@lists.example`),
      author: author(),
      channel: parent?.channel ?? channels[channel()] ?? '',
      at: new Date(BEGAN + Math.floor((SPAN_MS * number) / of) + random.below(86_400_000)),
      title: parent ? `Re: ${parent.title}`.slice(0, 120) : write(4 + random.below(5)),
      body: planted(write(bodyLength(random)), number / of, random),
      ...(parent && { quoted: parent.body.slice(0, 100 + random.below(500)), replyTo: parent.id }),
      ...(random.chance(0.3) && { signature: write(6) }),
      ...(random.chance(0.5) && { to: author() }),
    }
    parents[number % 200] = row
    return row
  }
}

/** Mostly short, sometimes long. */
function bodyLength(random: Random): number {
  return 10 + Math.floor(20 * Math.exp(random.below(1000) / 400))
}

function planted(body: string, age: number, random: Random): string {
  const words: string[] = []
  const put = (from: readonly string[], share: number): void => {
    for (const word of from) if (random.chance(share)) words.push(word)
  }
  if (random.chance(0.002)) put(PLANTED.rare, 0.01)
  if (age < 1 / 3 && random.chance(0.05)) put(PLANTED.old, 0.01)
  if (random.chance(0.05))
    put(
      PLANTED.phrases.map((pair) => pair.join(' ')),
      0.004,
    )
  if (random.chance(0.05))
    put(
      PLANTED.phrases.map((pair) => pair[random.below(2)] ?? ''),
      0.02,
    )
  return words.length === 0
    ? body
    : `${body.slice(0, body.length / 2)}\n${words.join('\n')} ${body.slice(body.length / 2)}`
}

async function addChannels(sql: Sql): Promise<string[]> {
  const ids = Array.from({ length: CHANNELS }, () => newId())
  await sql.query(
    `insert into channel (id, service_id, key, kind, title)
     select id, (select id from service where key = 'mail'), key, 'mailing-list', title
     from unnest($1::uuid[], $2::text[], $3::text[]) as i (id, key, title)`,
    [
      uuids(ids),
      texts(ids.map((_, index) => channelKey('mail', `list${index}.lists.example`))),
      texts(ids.map((_, index) => `list${index}`)),
    ],
  )
  return ids
}

async function writeBatch(sql: Sql, rows: readonly PostRow[]): Promise<void> {
  await sql.query(INSERT, [
    uuids(rows.map(({ id }) => id)),
    texts(rows.map(({ key }) => key)),
    uuids(rows.map(({ author }) => author)),
    uuids(rows.map(({ channel }) => channel)),
    times(rows.map(({ at }) => at)),
    blobs(rows.map(({ key }) => Buffer.from(key).subarray(0, 16))),
    texts(rows.map(({ title }) => title)),
    texts(rows.map(({ body }) => body)),
    texts(rows.map(({ quoted }) => quoted)),
    texts(rows.map(({ signature }) => signature)),
    tsvectors(
      rows.map((row) => [
        [row.title, 'A'],
        [row.body, 'B'],
        [row.signature, 'C'],
        [row.quoted, 'D'],
      ]),
    ),
    blobs(rows.map((row) => zstdCompressSync(payload(row)))),
  ])
  const replies = rows.filter(({ replyTo }) => replyTo)
  await sql.query(
    `insert into post_relation (from_id, to_id, kind) select *, 'reply' from unnest($1::uuid[], $2::uuid[])`,
    [uuids(replies.map(({ id }) => id)), uuids(replies.map(({ replyTo }) => replyTo))],
  )
  const sent = rows.filter(({ to }) => to)
  await sql.query(
    `insert into audience (post_id, kind, channel_id)
     select id, 'broadcast', channel from unnest($1::uuid[], $2::uuid[]) as i (id, channel)`,
    [uuids(rows.map(({ id }) => id)), uuids(rows.map(({ channel }) => channel))],
  )
  await sql.query(
    `insert into audience (post_id, kind, account_id)
     select id, 'to', account from unnest($1::uuid[], $2::uuid[]) as i (id, account)`,
    [uuids(sent.map(({ id }) => id)), uuids(sent.map(({ to }) => to))],
  )
}

/** What packs as badly as the headers of real messages do. */
const NOISE = Array.from({ length: 4096 }, (_, index) =>
  createHash('sha512').update(`${index}`).digest('base64'),
).join('')

/** A message as it came, headers and text, which is larger than what is read out of it and so moves out of the row. */
function payload({ body, quoted = '', key, at }: PostRow): Buffer {
  const start = at.getTime() % (NOISE.length - 1500)
  return Buffer.from([NOISE.slice(start, start + 1500), key, quoted, body].join('\n'))
}

const INSERT = `
  insert into post (id, service_id, key, author_id, channel_id, sent_at, sent_at_from, as_of, digest, title, body,
    quoted, signature, search, raw)
  select i.id, (select id from service where key = 'mail'), i.key, author, channel, at, 'sent', at, digest, title, body,
    quoted, signature, search, raw
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::bytea[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::tsvector[], $12::bytea[])
    as i (id, key, author, channel, at, digest, title, body, quoted, signature, search, raw)`
