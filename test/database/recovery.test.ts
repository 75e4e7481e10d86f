import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startEmbedded, stopEmbedded } from '../../src/database/embedded.ts'
import { runAs } from '../../src/database/owner.ts'
import { openDatabase } from '../../src/database/open.ts'
import { accountOf, placeOf } from '../../src/database/place.ts'
import { postmasterOf } from '../../src/database/postmaster.ts'
import type { Database } from '../../src/database/sql.ts'
import { OPEN_DATABASE, run } from '../support/command.ts'
import { temporaryHome } from '../support/home.ts'

// Making a cluster takes a second or two; the tests below use one.
const home = await temporaryHome()
afterAll(() => home[Symbol.asyncDispose]())

const place = placeOf(home.path)
const open = (): Promise<Database> => openDatabase({ kind: 'embedded', home: home.path })

test('after kill -9 of all its processes the next command finds every committed row', async () => {
  await using before = await open()
  await before.query('create table if not exists written (number integer)', [], 'once')
  await before.query('insert into written values (1)', [], 'once')
  for (const pid of serverProcesses()) kill(pid)

  await using after = await open()
  expect(await after.query('select number from written')).toEqual([{ number: 1 }])
})

test('after kill -9 of the postmaster alone, its orphans are gone before a new one starts', async () => {
  await using before = await open()
  const busy = before.query('select pg_sleep(60)', [], 'once').catch((error: unknown) => error)
  await sleep(100)
  const orphans = serverProcesses()
  kill(postmasterOf(place.data)?.pid)

  await using after = await open()
  expect(await after.query('select 1 as one')).toEqual([{ one: 1 }])
  expect(serverProcesses().filter((pid) => orphans.includes(pid))).toEqual([])
  expect(await busy).toBeInstanceOf(Error)
})

test('stale pid files whose number another program has now do not fool it', async () => {
  await startEmbedded(home.path)
  for (const pid of serverProcesses()) kill(pid)
  const other = spawn('sleep', ['60'], { ...runAs(accountOf(place)), stdio: 'ignore', cwd: '/' })
  await once(other, 'spawn')
  for (const stale of [join(place.data, 'postmaster.pid'), join(place.socket, '.s.PGSQL.5432.lock')]) {
    writeFileSync(stale, readFileSync(stale, 'utf8').replace(/^\d+/, String(other.pid)))
  }

  expect(await stopEmbedded(home.path)).toBe(false)
  await using database = await open()
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  expect(other.exitCode).toBeNull()
  other.kill()
})

test('a server whose socket has been removed is started anew', async () => {
  await startEmbedded(home.path)
  const before = postmasterOf(place.data)?.pid
  rmSync(join(place.socket, '.s.PGSQL.5432'))

  await using database = await open()
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  expect(postmasterOf(place.data)?.pid).not.toBe(before)
})

test('a program of the server that was cut short is copied again', async () => {
  await stopEmbedded(home.path)
  const copy = readdirSync(place.folder).find((name) => name.startsWith('server-')) ?? ''
  const program = join(place.folder, copy, 'native/bin/postgres')
  const whole = statSync(program).size
  truncateSync(program, 1000)

  await startEmbedded(home.path)
  expect(statSync(program).size).toBe(whole)
})

test('the programs of another release go when a new one comes', async () => {
  await stopEmbedded(home.path)
  const old = join(place.folder, 'server-18.0.0')
  await mkdir(old)

  await startEmbedded(home.path)
  expect(existsSync(old)).toBe(false)
})

test('data of another major version is refused in words', async () => {
  await stopEmbedded(home.path)
  const version = join(place.data, 'PG_VERSION')
  writeFileSync(version, '17\n')

  await expect(open()).rejects.toThrow('was made by PostgreSQL 17, and this skrode brings 18: export it with')
  writeFileSync(version, '18\n')
})

test('a server that does not start says why in its own words', async () => {
  await stopEmbedded(home.path)
  const custom = join(place.folder, 'custom.conf')
  writeFileSync(custom, "shared_buffers = '-3MB'\n")

  await expect(open()).rejects.toThrow(
    /the database did not start: .*custom.conf.* contains errors \(see .*start.log\)/,
  )
  rmSync(custom)
})

test('a command killed at any moment of the first start leaves nothing that the next trips over', async () => {
  for (const moment of [150, 500, 1100]) {
    await using fresh = await temporaryHome()
    const command = spawn(process.execPath, [OPEN_DATABASE, fresh.path], {
      stdio: 'ignore',
    })
    await sleep(moment)
    command.kill('SIGKILL')

    await using database = await openDatabase({ kind: 'embedded', home: fresh.path })
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(placeOf(fresh.path).folder).filter((name) => name.includes('unfinished'))).toEqual([])
  }
})

const canMount = process.geteuid?.() === 0 && process.platform === 'linux'

test.skipIf(!canMount)(
  'a full disk is called a full disk (needs root on Linux, to mount a small one)',
  async ({ skip }) => {
    await using parent = await temporaryHome()
    const small = join(parent.path, 'small')
    await mkdir(small)
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=80m,mode=755', 'none', small])
    if (mounted.code !== 0) skip('root may not mount here')
    try {
      await expect(startEmbedded(small)).rejects.toThrow(/disk is full/)
    } finally {
      await run('umount', [small])
    }
  },
)

function serverProcesses(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && cwdOf(pid) === place.data)
}

function cwdOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function kill(pid: number | undefined): void {
  if (pid) process.kill(pid, 'SIGKILL')
}
