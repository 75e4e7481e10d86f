import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { type ServerAccount, runAs, shareWith } from './owner.ts'
import type { Place } from './place.ts'
import { clearAfterKill, postmasterOf, stopPostmaster } from './postmaster.ts'
import { SERVER_ENVIRONMENT, reasonIn } from './program.ts'
import { settingsFile, writeSettings } from './settings.ts'

const POLL_MS = 15

/** A server that says it is ready and cannot be reached for this long has lost its socket. */
const LOST_AFTER_MS = 3_000

/** A start that takes longer than this is told of. */
const PATIENCE_MS = 2_000

/** Whether the server takes connections: nobody is there, not yet (or no more), or yes. */
export type Answer = 'silent' | 'busy' | 'ready'

/** What a start or a stop may be given. */
export interface EmbeddedOptions {
  readonly signal?: AbortSignal | undefined
  /** Told, in a line each, what takes a while. */
  readonly log?: ((line: string) => void) | undefined
}

/**
 * Starts the server and waits until it answers. Waits likewise for one that is already starting, however long its
 * recovery takes; lets one that is stopping end first, and stops one whose socket is gone. Call it with the lock.
 */
export async function launch(
  place: Place,
  binaries: Binaries,
  account: ServerAccount,
  ask: () => Promise<Answer>,
  { signal, log }: EmbeddedOptions,
): Promise<void> {
  const telling = setTimeout(() => log?.('waiting for the database: it may be recovering'), PATIENCE_MS)
  try {
    await untilReady(place, ask, () => begin(place, binaries, account, signal), signal)
  } finally {
    clearTimeout(telling)
  }
}

async function untilReady(
  place: Place,
  ask: () => Promise<Answer>,
  start: () => Promise<Started>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let started: Started | undefined
  let lostAt = Date.now() + LOST_AFTER_MS
  for (;;) {
    const answer = await ask()
    if (answer === 'ready') return
    const running = postmasterOf(place.data)
    if (running?.phase !== 'ready' || answer === 'busy') lostAt = Date.now() + LOST_AFTER_MS
    else if (Date.now() > lostAt) await stopPostmaster(running, place.data, signal)
    if (!running && started && hasEnded(started))
      throw new Error(`the database did not start: ${whyNot(place, started)}`)
    if (!running && !started) started = await start()
    await sleep(POLL_MS, undefined, { signal })
  }
}

interface Started {
  readonly server: ChildProcess
  readonly at: Date
}

/** Starts the server in a session of its own, so that it outlives this process. */
async function begin(
  place: Place,
  binaries: Binaries,
  account: ServerAccount,
  signal: AbortSignal | undefined,
): Promise<Started> {
  await clearAfterKill(place.data, signal)
  clearSocket(place)
  writeSettings(place, account)
  const at = new Date()
  const output = openSync(firstWords(place), 'w', 0o600)
  try {
    shareWith(account, place.folder, firstWords(place))
    const server = spawn(binaries.postgres, ['-D', place.data, '-c', `config_file=${settingsFile(place)}`], {
      ...runAs(account),
      cwd: '/',
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', output, output],
    })
    await once(server, 'spawn')
    server.unref()
    return { server, at }
  } finally {
    closeSync(output)
  }
}

/** Beside its socket a server keeps a file with its process's number, which is as misleading as postmaster.pid. */
function clearSocket({ socket }: Place): void {
  for (const name of readdirSync(socket)) rmSync(join(socket, name))
}

function hasEnded({ server: { exitCode, signalCode } }: Started): boolean {
  return exitCode !== null || signalCode !== null
}

/** What the server says until its log is open. */
function firstWords({ folder }: Place): string {
  return join(folder, 'start.log')
}

/** The reason that the server gives in what it has said since it was started; its lines begin with the time in UTC. */
function whyNot(place: Place, { at }: Started): string {
  const began = at.toISOString().replace('T', ' ').replace('Z', '')
  const logged = readdirSync(place.log)
    .flatMap((name) => readFileSync(join(place.log, name), 'utf8').split('\n'))
    .filter((line) => line.slice(0, began.length) >= began)
  const reason = reasonIn([...logged, readFileSync(firstWords(place), 'utf8')].join('\n'))
  return `${reason} (see ${firstWords(place)})`
}
