import type { Sql } from '../database/sql.ts'
import type { Sighting } from '../ingest/ingester.ts'
import { texts } from './columns.ts'

/** Where a source's stream was left, or undefined at its first time. */
export async function readCursor(sql: Sql, source: string, stream: string): Promise<string | undefined> {
  const [row] = await sql.query<{ value: string }>(
    'select value from cursor where source = $1 and stream = $2',
    [source, stream],
  )
  return row?.value
}

/** Moves each stream to the last position that these sightings complete. */
export async function writeCursors(
  tx: Sql,
  source: string,
  sightings: readonly Sighting[],
  now: Date,
): Promise<void> {
  const last = new Map(sightings.flatMap(({ upTo }) => (upTo ? [[upTo.stream, upTo.value] as const] : [])))
  if (last.size === 0) return
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx.query(
    `insert into cursor (source, stream, value, at)
     select $1, stream, value, $4 from unnest($2::text[], $3::text[]) as i (stream, value)
     on conflict (source, stream) do update set value = excluded.value, at = excluded.at`,
    [source, texts(rows.map(([stream]) => stream)), texts(rows.map(([, value]) => value)), now],
  )
}
