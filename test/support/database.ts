import { randomBytes } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { makeFolder } from '../../src/database/cluster.ts'
import { connect } from '../../src/database/connect.ts'
import { embeddedConnection } from '../../src/database/embedded-connection.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { loadMigrations, migrate } from '../../src/database/migrate.ts'
import { placeOf } from '../../src/database/place.ts'
import type { Database } from '../../src/database/sql.ts'
import type { TestServer } from './cluster.ts'

/** A test's own database, and how another process reaches it. */
export interface TestDatabase extends Database {
  readonly name: string
  /** For `SKRODE_DATABASE_URL`, or `{ kind: 'server', url }`. */
  readonly url: string
}

/**
 * A database of its own for one test, with the current schema and no rows: a clone of the run's template. Closed at
 * the end of its `await using`. It is dropped when the test has passed; a failed test's is kept, and its name printed.
 * Outside a test (in `beforeAll`) it is dropped when closed.
 */
export function testDatabase(): Promise<TestDatabase> {
  return databaseFrom(inject('testServer').template)
}

/** The same without any schema. */
export function emptyDatabase(): Promise<TestDatabase> {
  return databaseFrom('template0')
}

async function databaseFrom(template: string): Promise<TestDatabase> {
  const admin = await runningServer(inject('testServer'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(admin, (sql) => sql.query(`create database ${name} template ${template}`, [], 'once'))
  const url = urlOf(admin, name)
  const database = connect({ connectionString: url })
  const isDroppedLater = dropWhenPassed(admin, name)
  return {
    ...database,
    name,
    url,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      if (!isDroppedLater) await drop(admin, name)
    },
  }
}

/** One worker's way to the server, which one of the workers starts. */
const reached = new Map<string, Promise<string>>()

function runningServer(server: TestServer): Promise<string> {
  const url = reached.get(server.template) ?? serverWithTemplate(server)
  reached.set(server.template, url)
  return url
}

async function serverWithTemplate({ home, url, template }: TestServer): Promise<string> {
  const running = url ?? (await startQuickly(home))
  await asAdmin(running, async (admin) => {
    await admin.query('select pg_advisory_lock(7)')
    const found = await admin.query('select from pg_database where datname = $1', [template])
    if (found.length === 0) await makeTemplate(admin, running, template)
  })
  return running
}

async function makeTemplate(admin: Database, url: string, template: string): Promise<void> {
  const unfinished = `${template}_unfinished`
  await admin.query(`drop database if exists ${unfinished}`, [], 'once')
  await admin.query(`create database ${unfinished}`, [], 'once')
  {
    await using database = connect({ connectionString: urlOf(url, unfinished) })
    await migrate(database, await loadMigrations())
  }
  await admin.query(`alter database ${unfinished} rename to ${template}`, [], 'once')
}

/** What a test stores need not survive a power cut. */
async function startQuickly(home: string): Promise<string> {
  const place = placeOf(home)
  makeFolder(place)
  writeFileSync(
    join(place.folder, 'custom.conf'),
    'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n',
  )
  await startEmbedded(home)
  const { host, port, user } = embeddedConnection(home)
  return `postgresql://localhost/postgres?${new URLSearchParams({ host: host ?? '', port: String(port), user: String(user) })}`
}

/** The URL of another database of the same server. */
function urlOf(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function asAdmin(url: string, work: (admin: Database) => Promise<unknown>): Promise<void> {
  await using admin = connect({ connectionString: url, max: 1 })
  await work(admin)
}

/** A test's verdict is known only after its `await using` has closed the database. */
function dropWhenPassed(url: string, name: string): boolean {
  try {
    onTestFinished(async ({ task }) => {
      if (task.result?.state !== 'fail') return drop(url, name)
      appendFileSync(join(inject('testServer').home, 'kept'), `${name}\n`)
      process.stderr.write(`kept the failed test's database: ${urlOf(url, name)}\n${howToLook()}`)
    })
    return true
  } catch {
    return false
  }
}

function howToLook(): string {
  const { home, url } = inject('testServer')
  return url ? '' : `it is there again after: SKRODE_HOME=${home} skrode db start\n`
}

async function drop(url: string, name: string): Promise<void> {
  await asAdmin(url, (admin) => admin.query(`drop database if exists ${name} with (force)`, [], 'once'))
}
