import type { Sql } from '../database/sql.ts'

/** What a database holds, in numbers. */
export interface Status {
  /** Disk space of the database, indexes included. */
  readonly bytes: number
  /** Postgres's version, such as `18.4`. */
  readonly server: string
  readonly schemaVersion: number
  readonly services: readonly ServiceStatus[]
  /** Personas that were not merged into others. */
  readonly personas: Amount
  readonly humans: Amount
  /** Items that could not be read. */
  readonly setAside: number
  readonly sources: readonly SourceStatus[]
}

/** How many there are; counted in a small table, estimated from a sample of a large one. */
export interface Amount {
  readonly number: number
  readonly isEstimate: boolean
}

/** How much there is of one service. */
export interface ServiceStatus {
  readonly service: string
  readonly accounts: Amount
  /** Posts that were read, deleted ones included. */
  readonly posts: Amount
  /** Posts that are known only because others refer to them. */
  readonly placeholders: Amount
}

/** How far a source was read. */
export interface SourceStatus {
  readonly source: string
  /** Files, feeds and the like that have a position of their own. */
  readonly streams: number
  readonly readAt: Date
}

/** Counts what is there; takes no longer for ten million posts than for a hundred thousand. */
export async function status(sql: Sql): Promise<Status> {
  const [database] = await sql.query<{ bytes: string; server: string; version: number }>(
    `select pg_database_size(current_database()) as bytes,
       current_setting('server_version') as server,
       (select max(version) from schema_version) as version`,
  )
  const [setAside] = await sql.query<{ number: number }>('select count(*)::integer as number from set_aside')
  return {
    bytes: Number(database?.bytes ?? 0),
    server: (database?.server ?? '').replace(/ .*/, ''),
    schemaVersion: database?.version ?? 0,
    services: await services(sql),
    personas: await total(sql, 'persona', 'merged_into is null'),
    humans: await total(sql, 'human', 'true'),
    setAside: setAside?.number ?? 0,
    sources: await sources(sql),
  }
}

async function services(sql: Sql): Promise<ServiceStatus[]> {
  const names = await sql.query<{ id: string; key: string }>('select id, key from service order by key')
  const accounts = await amounts(sql, 'account', 'service_id', 'true')
  const posts = await amounts(sql, 'post', 'service_id', POST_READ)
  const placeholders = await amounts(sql, 'post', 'service_id', `not (${POST_READ})`)
  return names.map(({ id, key }) => ({
    service: key,
    accounts: accounts(id),
    posts: posts(id),
    placeholders: placeholders(id),
  }))
}

const POST_READ = 'sent_at is not null or tombstoned_at is not null'

async function total(sql: Sql, table: string, condition: string): Promise<Amount> {
  const of = await amounts(sql, table, `'all'`, condition)
  return of('all')
}

/** Rows of a table that fulfil a condition, by what `key` says of them. */
async function amounts(
  sql: Sql,
  table: string,
  key: string,
  condition: string,
): Promise<(key: string) => Amount> {
  const share = await shareToRead(sql, table)
  const isEstimate = share < 1
  const sample = isEstimate ? `tablesample system (${share * 100}) repeatable (1)` : ''
  const rows = await sql.query<{ key: string; number: number }>(
    `select ${key} as key, count(*)::integer as number from ${table} ${sample} where ${condition} group by 1`,
    [],
    'once',
  )
  const numbers = new Map(rows.map((row) => [row.key, Math.round(row.number / share)]))
  return (one) => ({ number: numbers.get(one) ?? 0, isEstimate })
}

/** A table of at most so many pages (8 kB each) is counted; of a larger one, a sample of so many is read. */
const PAGES_COUNTED = 8_000
const PAGES_SAMPLED = 1_000

/** How much of a table to read, from 0 to 1. */
async function shareToRead(sql: Sql, table: string): Promise<number> {
  const [size] = await sql.query<{ pages: number }>(
    `select (pg_relation_size($1::text::regclass) / current_setting('block_size')::integer)::integer as pages`,
    [table],
  )
  const pages = size?.pages ?? 0
  return pages <= PAGES_COUNTED ? 1 : PAGES_SAMPLED / pages
}

function sources(sql: Sql): Promise<SourceStatus[]> {
  return sql.query<SourceStatus & { source: string }>(
    `select source, count(*)::integer as streams, max(at) as "readAt" from cursor group by source order by source`,
  )
}
