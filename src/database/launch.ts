import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs'
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

/** Whether the server takes connections: not at all, not yet (or no more), or yes. */
export type Answer = 'silent' | 'busy' | 'ready'

/**
 * Starts the server and waits until it answers. Waits likewise for one that is already starting, however long its
 * recovery takes; lets one that is stopping end first, and stops one whose socket is gone. Call it with the lock.
 */
export async function launch(
  place: Place,
  binaries: Binaries,
  account: ServerAccount,
  ask: () => Promise<Answer>,
  signal?: AbortSignal,
): Promise<void> {
  let started: ChildProcess | undefined
  let lostAt = Date.now() + LOST_AFTER_MS
  for (;;) {
    const answer = await ask()
    if (answer === 'ready') return
    if (started && hasEnded(started)) throw new Error(`the database did not start: ${whyNot(place)}`)
    const running = postmasterOf(place.data)
    if (running?.phase !== 'ready' || answer === 'busy') lostAt = Date.now() + LOST_AFTER_MS
    else if (Date.now() > lostAt) await stopPostmaster(running, place.data, signal)
    if (!running && !started) started = await begin(place, binaries, account, signal)
    await sleep(POLL_MS, undefined, { signal })
  }
}

/** Starts the server in a session of its own, so that it outlives this process. */
async function begin(
  place: Place,
  binaries: Binaries,
  account: ServerAccount,
  signal: AbortSignal | undefined,
): Promise<ChildProcess> {
  await clearAfterKill(place.data, signal)
  writeSettings(place, account)
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
    return server
  } finally {
    closeSync(output)
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** What the server says until its log is open. */
function firstWords({ folder }: Place): string {
  return join(folder, 'start.log')
}

function whyNot(place: Place): string {
  const logs = readdirSync(place.log).map((name) => join(place.log, name))
  const newest = logs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  const said = [newest, firstWords(place)].flatMap((file) => (file ? [readFileSync(file, 'utf8')] : []))
  return reasonIn(said.join('\n'))
}
