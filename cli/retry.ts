import type { Database } from '../src/database/sql.ts'
import { UnreadableItem, UsageError } from '../src/errors.ts'
import type { Ingester } from '../src/ingest/ingester.ts'
import type { Observation } from '../src/record/observation.ts'
import { type SetAside, dropSetAside, findSetAside, listSetAside } from '../src/store/set-aside.ts'
import { store } from '../src/store/store.ts'
import type { Context } from './context.ts'
import { loadIngester } from './ingester-folder.ts'

/** What became of items that were tried again. */
export interface Retried {
  readonly read: number
  readonly kept: number
}

/** Gives set-aside items to their ingesters again; stores and forgets those that can be read now. */
export async function retrySetAside(which: 'all' | readonly string[], context: Context): Promise<Retried> {
  if (which !== 'all' && which.length === 0) throw new UsageError('expected ids or --all, found neither')
  const database = await context.database()
  const ids = which === 'all' ? (await everything(database)).map(({ id }) => id) : which
  let read = 0
  let kept = 0
  for (const id of ids) {
    if (context.signal.aborted) break
    const item = await findSetAside(database, id)
    if (!item) context.io.err(`no item, or more than one, has an id that begins with ${id}`)
    else if (await retryOne(database, item, context)) read++
    else kept++
  }
  return { read, kept }
}

/** Beyond this many, the rest is left for the next run. */
const MOST = 100_000

function everything(database: Database): Promise<SetAside[]> {
  return listSetAside(database, { limit: MOST })
}

async function retryOne(
  database: Database,
  item: SetAside & { readonly raw: Buffer },
  { io, now }: Context,
): Promise<boolean> {
  const found = await again(item)
  if (found instanceof UnreadableItem) {
    io.note(`${item.id}: ${found.reason}`)
    return false
  }
  // Stored first: an item that is both stored and set aside is harmless, one that is neither is lost.
  await store(database, { source: item.source, sightings: [{ found }], now: now() })
  await dropSetAside(database, item.id)
  return true
}

async function again(item: SetAside & { readonly raw: Buffer }): Promise<Observation | UnreadableItem> {
  const ingester: Ingester<unknown> = await loadIngester(item.source)
  if (!ingester.reread) return new UnreadableItem(`${item.source} cannot read single items again`, '')
  if (item.raw.length < item.size)
    return new UnreadableItem(`only its first ${item.raw.length} bytes were kept`, '')
  return ingester.reread(item.raw)
}
