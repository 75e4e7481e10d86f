import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client, DatabaseError } from 'pg'
import { installBinaries } from './binaries.ts'
import { makeData, makeFolder, prepareFolder } from './cluster.ts'
import { ROLE, connectionTo } from './embedded-connection.ts'
import { codeOf } from './error-code.ts'
import { type Answer, type EmbeddedOptions, launch } from './launch.ts'
import { withLock } from './lock.ts'
import { type Place, assertOwnSocket, hasShortSocket, placeOf } from './place.ts'
import { postmasterOf, stopPostmaster } from './postmaster.ts'

/**
 * Starts the embedded server of a home folder, and makes it first where there is none. Does nothing when it runs; of
 * several callers, in whatever processes, one starts it and the others wait for that.
 */
export async function startEmbedded(home: string, { signal, log }: EmbeddedOptions = {}): Promise<void> {
  const place = placeOf(home)
  makeFolder(place)
  await withLock(join(place.folder, 'lock'), signal, async () => {
    const account = prepareFolder(place)
    assertOwnSocket(place)
    if ((await ask(place)) !== 'ready') {
      log?.('starting the database')
      const binaries = await installBinaries(place.folder)
      await makeData(place, binaries, account, signal)
      await launch(place, binaries, account, () => ask(place), { signal, log })
    }
    await makeDatabase(place)
  })
}

/** Stops the embedded server of a home folder. Resolves to whether one ran. */
export async function stopEmbedded(home: string, { signal }: EmbeddedOptions = {}): Promise<boolean> {
  const place = placeOf(home)
  const { folder, data, socket } = place
  if (!existsSync(data)) return false
  return withLock(join(folder, 'lock'), signal, async () => {
    const running = postmasterOf(data)
    if (running) await stopPostmaster(running, data, signal)
    if (hasShortSocket(place)) rmSync(socket, { recursive: true, force: true })
    return running !== undefined
  })
}

async function ask(place: Place): Promise<Answer> {
  const client = new Client({ ...connectionTo(place, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return 'ready'
  } catch (error) {
    return answerOf(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * What a failed connection says of the server. Any word of its own means that it takes connections, but for `57P03`:
 * it is starting, recovering or shutting down. A connection that only takes long is no reason to think it gone.
 */
function answerOf(error: unknown): Answer {
  const code = codeOf(error)
  if (code === undefined || code === '57P03' || code === 'ECONNRESET') return 'busy'
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'silent'
  if (error instanceof DatabaseError) return 'ready'
  throw error
}

async function makeDatabase(place: Place): Promise<void> {
  const client = new Client(connectionTo(place, 'postgres'))
  await client.connect()
  try {
    await client.query(`create database ${ROLE}`)
  } catch (error) {
    if (codeOf(error) !== '42P04') throw error
  } finally {
    await client.end()
  }
}
