import { setTimeout as sleep } from 'node:timers/promises'

const RETRY_MS = 25

/**
 * Waits until no other process holds `file`, and holds it while `work` runs. The kernel lets go of it when a process
 * ends, whatever way it ends, so there is no stale lock to recognise. Node has no flock(2); the lock that SQLite
 * takes on its file is one, on Linux and on macOS, and comes with Node.
 */
export async function withLock<T>(
  file: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { DatabaseSync } = await import('node:sqlite')
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    while (!tryLock(() => lock.exec('begin exclusive'))) await sleep(RETRY_MS, undefined, { signal })
    return await work()
  } finally {
    lock.close()
  }
}

function tryLock(lock: () => void): boolean {
  try {
    lock()
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

/** SQLITE_BUSY (https://sqlite.org/rescode.html). */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
