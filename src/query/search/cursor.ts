import { UsageError } from '../../errors.ts'
import type { Found, Place } from './find-posts.ts'

/** Where a page ends, so that the next starts behind it whatever was stored meanwhile. */
export type Cursor = DateCursor | RankCursor

export interface DateCursor {
  readonly kind: 'date'
  readonly below: Place
}

export interface RankCursor {
  readonly kind: 'rank'
  /** The posts ranked together are the newest below this place. */
  readonly block?: Place
  /** The last of them that was shown. */
  readonly behind?: Found
}

const PLACE = String.raw`(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`
const DATE = new RegExp(`^d~${PLACE}$`)
const RANK = new RegExp(`^r~${PLACE}(?:~([0-9.e+-]{1,30})~${PLACE})?$`)

/** A cursor as one word that a shell takes as it is. */
export function writeCursor(cursor: Cursor): string {
  if (cursor.kind === 'date') return `d~${written(cursor.below)}`
  const { block, behind } = cursor
  return ['r', ...(block ? [written(block)] : []), ...(behind ? [behind.rank, written(behind)] : [])].join(
    '~',
  )
}

function written({ sentAt, id }: Place): string {
  return `${sentAt.getTime()}.${id}`
}

/** Reads a cursor of an answer in the order of dates; throws `UsageError` for anything else. */
export function readDateCursor(text: string): Place {
  const [, ms, id] = DATE.exec(text) ?? []
  if (ms && id) return placeOf(ms, id)
  throw notOne(text)
}

/** Reads a cursor of an answer in the order of relevance; throws `UsageError` for anything else. */
export function readRankCursor(text: string): RankCursor {
  const [, ms, id, rank, lastMs, lastId] = RANK.exec(text) ?? []
  if (!ms || !id || (rank && !Number.isFinite(Number(rank)))) throw notOne(text)
  const behind = rank && lastMs && lastId ? { ...placeOf(lastMs, lastId), rank: Number(rank) } : undefined
  return { kind: 'rank', block: placeOf(ms, id), ...(behind && { behind }) }
}

function placeOf(ms: string, id: string): Place {
  return { sentAt: new Date(Number(ms)), id }
}

function notOne(text: string): UsageError {
  return new UsageError(`--after: expected what an earlier page of the same search ended with, found ${text}`)
}
