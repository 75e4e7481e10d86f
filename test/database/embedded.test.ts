import { existsSync, readFileSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmbedded, stopEmbedded } from '../../src/database/embedded.ts'
import { openDatabase } from '../../src/database/open.ts'
import { placeOf } from '../../src/database/place.ts'
import { type EmbeddedStatus, embeddedStatus } from '../../src/database/status.ts'
import { openInProcess, run } from '../support/command.ts'
import { temporaryHome } from '../support/home.ts'

// Making a cluster takes a second or two; the tests below use one.
const home = await temporaryHome()
afterAll(() => home[Symbol.asyncDispose]())

const isRoot = process.geteuid?.() === 0

test('is absent before its first use', async () => {
  await using unused = await temporaryHome()
  expect(await embeddedStatus(unused.path)).toEqual({
    folder: join(unused.path, 'postgres'),
    state: 'absent',
  })
})

test('of eight commands started at once, one makes and starts the server and all use it', async () => {
  const ended = await Promise.all(Array.from({ length: 8 }, () => openInProcess(home.path)))

  expect(ended.map(({ err }) => err)).toEqual(Array(8).fill(''))
  expect(new Set(ended.map(({ out }) => out)).size).toBe(1)
})

test('survives the command that started it', async () => {
  await stopEmbedded(home.path)
  const first = await openInProcess(home.path)
  const second = await openInProcess(home.path)

  expect(second).toEqual({ code: 0, out: first.out, err: '' })
})

test('starting what runs changes nothing', async () => {
  const before = await running()
  await startEmbedded(home.path)

  expect(await running()).toMatchObject({ pid: before.pid, since: before.since })
})

test('tells where it runs, since when and how big it is', async () => {
  const { folder, socket, pid, since, version, sizeBytes } = await running()

  expect({ folder, socket, version }).toEqual({
    folder: join(home.path, 'postgres'),
    socket: join(home.path, 'postgres/socket'),
    version: 18,
  })
  expect(process.kill(pid, 0)).toBe(true)
  expect(Math.abs(Date.now() - since.getTime())).toBeLessThan(120_000)
  expect(sizeBytes).toBeGreaterThan(20_000_000)
})

test('stops, says so, and keeps its rows', async () => {
  {
    await using database = await openDatabase({ kind: 'embedded', home: home.path })
    await database.query('create table kept as select 7 as number')
  }
  expect(await stopEmbedded(home.path)).toBe(true)
  expect(await stopEmbedded(home.path)).toBe(false)
  expect(await embeddedStatus(home.path)).toMatchObject({ state: 'stopped', version: 18 })

  await using database = await openDatabase({ kind: 'embedded', home: home.path })
  expect(await database.query('select number from kept')).toEqual([{ number: 7 }])
})

test('keeps every committed row whatever happens to the machine', async () => {
  await using database = await openDatabase({ kind: 'embedded', home: home.path })
  const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']

  const settings = await database.query('select setting from pg_settings where name = any($1)', [names])
  expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on', 'on', 'on'])
})

test("folds case by Unicode's rules and orders by code point, whatever the machine's locale", async () => {
  await using database = await openDatabase({ kind: 'embedded', home: home.path })

  expect(await database.query("select lower('ÄÖŻ') as lower, 'Z' < 'a' as ordered")).toEqual([
    { lower: 'äöż', ordered: true },
  ])
})

test('knows the letters of every script, so that any name is found by a part of it', async () => {
  await using database = await openDatabase({ kind: 'embedded', home: home.path })
  expect(
    await database.query("select show_trgm('山田') <> '{}' as han, show_trgm('иван') <> '{}' as cyrillic"),
  ).toEqual([{ han: true, cyrillic: true }])
})

test.skipIf(process.platform !== 'linux')(
  'listens nowhere on the network (seen in /proc, Linux only)',
  async () => {
    const { pid } = await running()
    const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
    const network = ['tcp', 'tcp6', 'udp', 'udp6']
      .map((name) => readFileSync(`/proc/${pid}/net/${name}`, 'utf8'))
      .join('')
    const unix = readFileSync(`/proc/${pid}/net/unix`, 'utf8')
    const inodes = sockets.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])

    expect(inodes.filter((inode) => unix.includes(` ${inode} `))).not.toEqual([])
    expect(inodes.filter((inode) => network.includes(` ${inode} `))).toEqual([])
  },
)

test('keeps data, log and socket in folders that only their owner may enter', () => {
  const { data, log, socket, folder } = placeOf(home.path)

  expect([data, log, socket].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o700])
  expect(statSync(folder).mode & 0o707).toBe(0o700)
  expect(statSync(join(socket, '.s.PGSQL.5432')).mode & 0o777).toBe(0o700)
})

test.skipIf(!isRoot)('refuses other users, even those of the same name as its own (needs root)', async () => {
  const { socket } = await running()
  const { uid, gid } = statSync(socket)
  const connect = `require('node:net').connect('${socket}/.s.PGSQL.5432').on('error', (error) => console.log(error.code))`

  const stranger = await run(process.execPath, ['-e', connect], { uid: uid - 1, gid: uid - 1, cwd: '/' })
  const namesake = await run(process.execPath, ['-e', connect], { uid, gid: gid + 1, cwd: '/' })
  expect([stranger.out, namesake.out]).toEqual(['EACCES\n', 'EACCES\n'])
})

test("is not led astray by Postgres's own environment variables", async () => {
  const env = {
    PGHOST: '192.0.2.1',
    PGUSER: 'other',
    PGSSLMODE: 'require',
    PGDATA: '/nowhere',
    PGOPTIONS: '-c x=y',
  }

  expect(await openInProcess(home.path, { env })).toMatchObject({ code: 0, err: '' })
})

test("takes the owner's own settings from custom.conf at the next start", async () => {
  await stopEmbedded(home.path)
  const custom = join(placeOf(home.path).folder, 'custom.conf')
  writeFileSync(custom, "work_mem = '9MB'\n")
  await using database = await openDatabase({ kind: 'embedded', home: home.path })

  expect(await database.query("select current_setting('work_mem') as work_mem")).toEqual([
    { work_mem: '9MB' },
  ])
})

test('a home too long for a socket has its socket in a short folder of its own', async () => {
  await using parent = await temporaryHome()
  const long = join(parent.path, `${'long'.repeat(20)} it's a name`)
  await mkdir(long, { mode: 0o755 })
  {
    await using database = await openDatabase({ kind: 'embedded', home: long })
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  }
  const status = await embeddedStatus(long)
  expect(status).toMatchObject({
    state: 'running',
    socket: expect.stringMatching(/^\/tmp\/skrode-[0-9a-f]{16}$/),
  })
  await stopEmbedded(long)
  expect(existsSync(placeOf(long).socket)).toBe(false)
})

test('refuses a folder whose name would end up in a shell', async () => {
  await using parent = await temporaryHome()

  await expect(startEmbedded(join(parent.path, '$HOME'))).rejects.toThrow(
    'expected a folder for the database without',
  )
})

test('does not use a short socket folder that others may enter', async () => {
  await using parent = await temporaryHome()
  const long = join(parent.path, 'l'.repeat(100))
  const { socket } = placeOf(long)
  await mkdir(socket, { mode: 0o777 })

  await expect(startEmbedded(long)).rejects.toThrow(
    `${socket} is not a folder that only the database's own user`,
  )
  await run('rm', ['-r', socket])
})

test('a start that is called off leaves nothing that the next start trips over', async () => {
  await using other = await temporaryHome()

  await expect(startEmbedded(other.path, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/abort/)
  await startEmbedded(other.path)
  expect(await embeddedStatus(other.path)).toMatchObject({ state: 'running' })
})

async function running(): Promise<Extract<EmbeddedStatus, { pid: number }>> {
  await startEmbedded(home.path)
  const status = await embeddedStatus(home.path)
  if (!('pid' in status)) throw new Error(`expected a running server, found ${status.state}`)
  return status
}
