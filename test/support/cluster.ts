import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { placeOf } from '../../src/database/place.ts'
import { postmasterOf } from '../../src/database/postmaster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly testServer: TestServer
  }
}

/** The Postgres that the tests of one run share: the embedded one of a temporary home, or a server by its URL. */
export interface TestServer {
  readonly home: string
  /** `SKRODE_TEST_DATABASE_URL`: a user of it that may make databases. */
  readonly url: string | undefined
  /** The migrated database that the tests' databases are cloned from; the first test that needs it makes it. */
  readonly template: string
}

const PREFIX = 'skrode-test-'
const KEPT_MS = 60 * 60 * 1000

/**
 * Gives the run a temporary home. A process of its own takes everything down again when this one ends, in whatever
 * way it ends, and leaves it only where a failed test has left something to look at.
 */
export default function setup(project: TestProject): () => Promise<void> {
  removeOldHomes()
  const server = {
    home: temporaryHome(),
    url: process.env.SKRODE_TEST_DATABASE_URL,
    template: templateName(),
  }
  const cleanUp = fileURLToPath(new URL('clean-up.ts', import.meta.url))
  const args = [cleanUp, server.home, server.template, ...(server.url ? [server.url] : [])]
  const cleaner = spawn(process.execPath, args, { detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
  project.provide('testServer', server)
  return async () => {
    cleaner.stdin.end()
    await once(cleaner, 'close')
  }
}

/** The server that root starts runs as another user, who could not enter a folder as mkdtemp makes it. */
function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(home, 0o755)
  return home
}

function templateName(): string {
  return `skrode_template_${randomBytes(4).toString('hex')}`
}

/** What failed tests of earlier runs have left, or a worker that outlived its run. */
function removeOldHomes(): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX))
  for (const home of names.map((name) => join(tmpdir(), name))) {
    const isOld = (statSync(home, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - KEPT_MS
    if (isOld && !isRunning(home)) rmSync(home, { recursive: true, force: true })
  }
}

function isRunning(home: string): boolean {
  const { data } = placeOf(home)
  return existsSync(data) && postmasterOf(data) !== undefined
}
