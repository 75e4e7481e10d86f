import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { type AccountKey, type ChannelKey, type PostKey, serviceOf } from '../record/key.ts'
import type { ChannelMet } from '../record/observation.ts'
import { cleanName } from '../record/text.ts'
import { texts, uuids } from './columns.ts'

/** Service ids by key, made where they were missing. A service's title is its key until somebody gives a better one. */
export async function writeServices(
  tx: Sql,
  keys: Iterable<AccountKey | ChannelKey | PostKey>,
): Promise<Map<string, string>> {
  const wanted = [...new Set([...keys].map(serviceOf))].sort()
  if (wanted.length === 0) return new Map()

  const known = await tx.query<{ key: string; id: string }>(
    'select key, id from service where key = any($1)',
    [texts(wanted)],
  )
  const ids = new Map(known.map(({ key, id }) => [key, id]))
  const missing = wanted.filter((key) => !ids.has(key))
  if (missing.length === 0) return ids

  const made = await tx.query<{ key: string; id: string }>(
    `insert into service (id, key, title) select id, key, key from unnest($1::uuid[], $2::text[]) as i (id, key)
     on conflict (key) do update set key = excluded.key returning key, id`,
    [uuids(missing.map(() => newId())), texts(missing)],
  )
  for (const { key, id } of made) ids.set(key, id)
  return ids
}

/** Channel ids by key, made where they were missing; a title that was told replaces none at all and an older one. */
export async function writeChannels(
  tx: Sql,
  channels: ReadonlyMap<ChannelKey, ChannelMet>,
  services: ReadonlyMap<string, string>,
): Promise<Map<ChannelKey, string>> {
  const all = [...channels.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  if (all.length === 0) return new Map()

  const known = await tx.query<{ key: ChannelKey; id: string; title: string | null }>(
    'select key, id, title from channel where key = any($1)',
    [texts(all.map(({ key }) => key))],
  )
  const ids = new Map(known.map(({ key, id }) => [key, id]))
  const titles = new Map(known.map(({ key, title }) => [key, title ?? undefined]))
  const news = all
    .map(({ key, kind, title }) => ({ key, kind, title: (title && cleanName(title)) || undefined }))
    .filter(({ key, title }) => !ids.has(key) || (title && title !== titles.get(key)))
  if (news.length === 0) return ids

  const rows = await tx.query<{ key: ChannelKey; id: string }>(
    `insert into channel (id, service_id, key, kind, title)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
     on conflict (key) do update set title = coalesce(excluded.title, channel.title)
     returning key, id`,
    [
      uuids(news.map(() => newId())),
      uuids(news.map(({ key }) => services.get(serviceOf(key)))),
      texts(news.map(({ key }) => key)),
      texts(news.map(({ kind }) => kind)),
      texts(news.map(({ title }) => title)),
    ],
  )
  for (const { key, id } of rows) ids.set(key, id)
  return ids
}
