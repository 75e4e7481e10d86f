import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running server, as it describes itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number
  readonly since: Date
  readonly phase: 'starting' | 'ready' | 'stopping'
}

const POLL_MS = 20

/** The server that runs on this data folder, if one does. A number that another program has by now is none. */
export function postmasterOf(data: string): Postmaster | undefined {
  const [pid, , since, , , , , phase] = linesOf(data)
  if (!pid || !serversOn(data).includes(Number(pid))) return undefined
  return { pid: Number(pid), since: new Date(Number(since) * 1000), phase: phaseOf(phase) }
}

/**
 * Clears what a killed server left in the way: processes of it that are still at work, and a `postmaster.pid` whose
 * number now belongs to some other program, which Postgres itself would take for the server.
 */
export async function clearAfterKill(data: string, signal?: AbortSignal): Promise<void> {
  for (const pid of serversOn(data)) send(pid, 'SIGQUIT')
  while (serversOn(data).length > 0) await sleep(POLL_MS, undefined, { signal })
  const [pid] = linesOf(data)
  if (pid && isAlive(Number(pid))) rmSync(join(data, 'postmaster.pid'), { force: true })
}

/** Ends the server and waits for all its processes: open transactions are rolled back, data is written out. */
export async function stopPostmaster({ pid }: Postmaster, data: string, signal?: AbortSignal): Promise<void> {
  send(pid, 'SIGINT')
  while (serversOn(data).length > 0) await sleep(POLL_MS, undefined, { signal })
}

/** The lines of postmaster.pid (src/include/utils/pidfile.h of PostgreSQL); none when there is no such file. */
function linesOf(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function phaseOf(line: string | undefined): Postmaster['phase'] {
  const phase = line?.trim()
  return phase === 'ready' || phase === 'stopping' ? phase : 'starting'
}

/** The processes of Postgres that work on this data folder, with or without a postmaster above them. */
function serversOn(data: string): number[] {
  return process.platform === 'linux' ? serversInProc(realpathSync(data)) : serversInPs(data)
}

/** Every process of Postgres goes to its data folder and stays there. */
function serversInProc(data: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(
      (pid) =>
        linkOf(`/proc/${pid}/cwd`) === data && /\/postgres( \(deleted\))?$/.test(linkOf(`/proc/${pid}/exe`)),
    )
    .map(Number)
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** Where there is no /proc, the postmaster alone is known, by its command line. */
function serversInPs(data: string): number[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n')
  return lines
    .filter((line) => line.includes('/postgres -D ') && line.includes(data))
    .map((line) => Number.parseInt(line, 10))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (isAlive(pid)) throw error
  }
}
