import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { accountForServer, runAs } from '../../src/database/owner.ts'
import { run } from './command.ts'
import { temporaryHome } from './home.ts'

/** Where Debian has PostgreSQL 15. */
export const POSTGRES_15 = '/usr/lib/postgresql/15/bin'

/** Whether to go without it: never under CI, where what is missing is to be noticed. */
export const isMissing = !existsSync(POSTGRES_15) && !process.env.CI

/** A server that somebody else runs: on TCP, with a password. */
export interface OtherServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** Starts a cluster of PostgreSQL 15 of its own. */
export async function postgres15(): Promise<OtherServer> {
  if (!existsSync(POSTGRES_15)) throw new Error('needs PostgreSQL 15: apt-get install postgresql-15')
  const folder = await temporaryHome()
  const account = accountForServer()
  if (process.geteuid?.() === 0) chownSync(folder.path, account.uid, account.gid)
  const server = { host: '127.0.0.1', port: await freePort(), user: 'ann', password: 'a pass/word: @#?' }
  const data = join(folder.path, 'data')
  const secret = join(folder.path, 'password')
  writeFileSync(secret, server.password, { mode: 0o644 })
  const initdb = [
    '-D',
    data,
    '-U',
    server.user,
    '-E',
    'UTF8',
    '--locale=C',
    '-A',
    'scram-sha-256',
    '--no-sync',
  ]
  const made = await run(`${POSTGRES_15}/initdb`, [...initdb, `--pwfile=${secret}`], {
    ...runAs(account),
    cwd: '/',
  })
  if (made.code !== 0) throw new Error(`initdb of PostgreSQL 15 failed: ${made.err}`)

  const settings = [
    '-c',
    'fsync=off',
    '-c',
    'unix_socket_directories=',
    '-c',
    `listen_addresses=${server.host}`,
  ]
  const postgres = spawn(`${POSTGRES_15}/postgres`, ['-D', data, '-p', String(server.port), ...settings], {
    ...runAs(account),
    cwd: '/',
    stdio: 'ignore',
  })
  while (!(await takesConnections(server))) await sleep(50)
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      postgres.kill('SIGINT')
      await once(postgres, 'exit')
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function takesConnections(server: Omit<OtherServer, keyof AsyncDisposable>): Promise<boolean> {
  const client = new Client({ ...server, database: 'postgres' })
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}
