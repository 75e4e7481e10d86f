import type { Database, Sql } from '../database/sql.ts'
import type { UnreadableItem } from '../errors.ts'
import type { Sighting } from '../ingest/ingester.ts'
import type { PostKey } from '../record/key.ts'
import type { Observation, PostSeen } from '../record/observation.ts'
import { writeAccounts, writeDetails } from './accounts.ts'
import { type Choice, choose } from './choose-posts.ts'
import { type Prepare, columnsOf } from './content.ts'
import { writeCursors } from './cursor.ts'
import { writeEdges, writeInferred } from './edges.ts'
import { writeGone } from './gone.ts'
import { writeLinkJobs } from './outbox.ts'
import { type Gathered, gather } from './people.ts'
import { writeChannels, writeServices } from './places.ts'
import { type PostRow, findPosts } from './post-rows.ts'
import { type Ids, type PreparedPosts, RaceLost, preparePosts, writePosts } from './posts.ts'
import { writeSetAside } from './set-aside.ts'
import { sound } from './sound.ts'
import type { Tally } from './tally.ts'
import { writeAccountRelations, writeInteractions, writeMemberships } from './ties.ts'

/** Some sightings of one source, in the order in which the source gave them. */
export interface Batch {
  /** The ingester's name: `mail`. Cursors and set-aside items are kept under it. */
  readonly source: string
  readonly sightings: readonly Sighting[]
  readonly now: Date
}

/** Postgres' `deadlock_detected` and `serialization_failure`: the transaction may simply be run again. */
const RUN_AGAIN = new Set(['40P01', '40001'])
const MOST_TRIES = 10

/** How a batch is stored beside others. */
export interface Beside {
  /** Makes the columns that take work; here and now unless told otherwise. */
  readonly prepare?: Prepare
  /** The batch before this one: this one is made ready at once and written when that one is. Its failure is ours. */
  readonly after?: Promise<unknown>
  /**
   * Commits without waiting for the disk, because a later commit will. Should the machine die before that one, rows
   * and cursor are gone together, and the source is read again from where they stood.
   */
  readonly isFollowed?: boolean
}

/**
 * Writes a batch, the cursors it completes and the jobs that follow from it, in one transaction. Storing the same
 * batch again changes nothing; stores that run at once, in this process or another, leave one row each.
 */
export async function store(database: Database, batch: Batch, beside: Beside = {}): Promise<Tally> {
  const { prepare = async (contents) => columnsOf(contents), after, isFollowed = false } = beside
  const sorted = sortOut(batch)
  for (let tries = 1; ; tries++) {
    try {
      const plan = await decide(database, sorted.observations, prepare)
      await after
      return await database.transaction(async (tx) => {
        const asked = isFollowed ? tx.query('set local synchronous_commit = off') : undefined
        const [written] = await Promise.all([write(tx, batch, sorted, plan), asked])
        return written
      })
    } catch (error) {
      if (tries === MOST_TRIES || !mayRunAgain(error)) throw error
    }
  }
}

function mayRunAgain(error: unknown): boolean {
  if (error instanceof RaceLost) return true
  return error instanceof Error && 'code' in error && RUN_AGAIN.has(String(error.code))
}

/** A batch by what its items are. */
interface Sorted {
  readonly observations: readonly Observation[]
  readonly unreadable: readonly { readonly stream: string; readonly item: UnreadableItem }[]
  readonly gathered: Gathered
}

function sortOut({ source, sightings }: Batch): Sorted {
  const observations: Observation[] = []
  const unreadable: { stream: string; item: UnreadableItem }[] = []
  for (const { found, upTo } of sightings) {
    if (!found) continue
    const one = sound(found)
    if (one.kind === 'unreadable') unreadable.push({ stream: upTo?.stream ?? source, item: one })
    else observations.push(one)
  }
  return { observations, unreadable, gathered: gather(observations) }
}

/** What is decided and made ready before the transaction, so that no lock is held meanwhile. */
interface Plan {
  readonly rows: ReadonlyMap<PostKey, PostRow>
  readonly choice: Choice
  readonly prepared: PreparedPosts
}

async function decide(sql: Sql, observations: readonly Observation[], prepare: Prepare): Promise<Plan> {
  const posts = of(observations, 'post')
  const pointedAt = new Set(observations.flatMap(keysPointedAt))
  const rows = await findPosts(sql, [...new Set([...posts.flatMap(keysOf), ...pointedAt])])
  const choice = choose(posts, rows)
  const placeholders = [...pointedAt].filter((key) => {
    const row = rows.get(key)
    return !choice.chosen.has(key) && !row?.standing && !row?.tombstoned
  })
  return { rows, choice, prepared: await preparePosts(choice.chosen, placeholders, prepare) }
}

function keysOf({ key, keyIfTaken }: PostSeen): PostKey[] {
  return keyIfTaken ? [key, keyIfTaken] : [key]
}

function keysPointedAt(observation: Observation): PostKey[] {
  if (observation.kind === 'interaction') return [observation.post]
  if (observation.kind !== 'post') return []
  return [...observation.relations.map(({ to }) => to), ...(observation.ancestors ?? [])]
}

async function write(
  tx: Sql,
  { source, sightings, now }: Batch,
  { observations, unreadable, gathered }: Sorted,
  { rows, choice, prepared }: Plan,
): Promise<Tally> {
  const gone = of(observations, 'gone')
  const services = await writeServices(tx, [
    ...gathered.people.keys(),
    ...gathered.channels.keys(),
    ...prepared.sorted.map(([key]) => key),
    ...gone.map(({ key }) => key),
  ])
  const channels = await writeChannels(tx, gathered.channels, services)
  const accounts = await writeAccounts(tx, gathered.people, services)
  const ids = { accounts: accounts.ids, channels, services }

  const [detailed, written] = await Promise.all([
    writeDetails(tx, gathered.people, accounts.ids),
    writePosts(tx, prepared, ids),
  ])
  const changed = new Set([...accounts.made, ...detailed])
  const posts = { of: await resolve(tx, rows, prepared, written.ids), rows, replaced: written.replaced }
  const [tied] = await Promise.all([
    writeTies(tx, observations, ids, posts.of),
    writeEdges(tx, choice.chosen, posts, ids),
    writeInferred(tx, of(observations, 'post'), posts, choice.chosen),
    writeSetAside(tx, source, unreadable, now),
    writeLinkJobs(tx, changed, now),
    writeCursors(tx, source, sightings, now),
  ])
  const buried = await writeGone(tx, gone, services)
  return tally(observations, unreadable.length, choice, changed, ids.accounts, tied + buried)
}

async function writeTies(
  tx: Sql,
  observations: readonly Observation[],
  ids: Ids,
  posts: ReadonlyMap<PostKey, string>,
): Promise<number> {
  return (
    (await writeAccountRelations(tx, of(observations, 'relation'), ids)) +
    (await writeMemberships(tx, of(observations, 'membership'), ids)) +
    (await writeInteractions(tx, of(observations, 'interaction'), ids, posts))
  )
}

/** The ids of all posts that the batch speaks of: found before, written now, or made by somebody else in between. */
async function resolve(
  tx: Sql,
  rows: ReadonlyMap<PostKey, PostRow>,
  prepared: PreparedPosts,
  written: ReadonlyMap<PostKey, string>,
): Promise<Map<PostKey, string>> {
  const ids = new Map([...rows].map(([key, { id }]) => [key, id]))
  for (const [key, id] of written) ids.set(key, id)
  const missing = prepared.sorted.flatMap(([key]) => (ids.has(key) ? [] : [key]))
  for (const [key, { id }] of await findPosts(tx, missing)) ids.set(key, id)
  return ids
}

function of<Kind extends Observation['kind']>(
  observations: readonly Observation[],
  kind: Kind,
): Extract<Observation, { kind: Kind }>[] {
  return observations.filter((one): one is Extract<Observation, { kind: Kind }> => one.kind === kind)
}

/** Items that are no posts count as stored where they changed something. */
function tally(
  observations: readonly Observation[],
  setAside: number,
  choice: Choice,
  changed: ReadonlySet<string>,
  accounts: ReadonlyMap<string, string>,
  tied: number,
): Tally {
  const profiles = of(observations, 'account')
  const told = profiles.filter(({ key }) => changed.has(accounts.get(key) ?? '')).length
  const others = observations.length - profiles.length - (choice.stored + choice.updated + choice.known)
  const effective = Math.min(tied, others)
  return {
    stored: choice.stored + told + effective,
    updated: choice.updated,
    known: choice.known + (profiles.length - told) + (others - effective),
    setAside,
  }
}
