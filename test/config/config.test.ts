import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, loadConfig } from '../../src/config/config.ts'
import { located } from '../../src/config/located.ts'
import { valueAt } from '../../src/config/path.ts'
import { ConfigError } from '../../src/errors.ts'
import { folderWith, load } from './folder.ts'

test('no config at all is a valid config, with the embedded database', async () => {
  await using folder = await folderWith({})
  const config = await loadConfig({ cwd: folder.path, env: { HOME: folder.path } })
  const home = join(folder.path, '.local/share/skrode')
  expect(config).toMatchObject({
    home,
    database: { kind: 'embedded', home },
    ingesters: {},
    own: [],
    warnings: [],
  })
  expect(config.file).toBeUndefined()
})

test('a file that says nothing is a valid config', async () => {
  expect((await load('')).database.kind).toBe('embedded')
  expect((await load('# only a comment\n---\n')).parts).toEqual({})
})

test('the file is the one of -c, else of SKRODE_CONFIG, else ./config.yml, else the one in the config folder', async () => {
  await using folder = await folderWith({
    'given.yml': 'own: [given@example.org]',
    'env.yml': 'own: [env@example.org]',
    'config.yml': 'own: [here@example.org]',
  })
  await using elsewhere = await folderWith({})
  await mkdir(join(folder.path, 'skrode'))
  await writeFile(join(folder.path, 'skrode/config.yml'), 'own: [xdg@example.org]')

  const env = { HOME: '/nowhere', XDG_CONFIG_HOME: folder.path }
  const withEnv = { ...env, SKRODE_CONFIG: join(folder.path, 'env.yml') }
  const own = async (config: Promise<Config>) => (await config).own[0]
  expect(await own(loadConfig({ file: 'given.yml', env: withEnv, cwd: folder.path }))).toBe(
    'given@example.org',
  )
  expect(await own(loadConfig({ env: withEnv, cwd: folder.path }))).toBe('env@example.org')
  expect(await own(loadConfig({ env, cwd: folder.path }))).toBe('here@example.org')
  expect(await own(loadConfig({ env, cwd: elsewhere.path }))).toBe('xdg@example.org')
})

test('a named file that is not there is an error that says who named it', async () => {
  await using folder = await folderWith({})
  const from = { cwd: folder.path, env: {} }
  await expect(loadConfig({ ...from, file: 'no.yml' })).rejects.toThrow(
    new ConfigError('--config', 'expected a config file, found none at no.yml'),
  )
  await expect(loadConfig({ ...from, env: { SKRODE_CONFIG: 'no.yml' } })).rejects.toThrow(/^SKRODE_CONFIG: /)
})

test('a config that is a folder, too large or not UTF-8 is refused in words', async () => {
  await using folder = await folderWith({ 'large.yml': '#'.repeat(1024 * 1024 + 1) })
  await writeFile(join(folder.path, 'latin.yml'), Buffer.from('own: caf\xe9', 'latin1'))
  const open = (file: string) => loadConfig({ file, cwd: folder.path, env: {} })
  await expect(open('.')).rejects.toThrow('.: expected a file, found something else')
  await expect(open('large.yml')).rejects.toThrow('large.yml: expected at most 1 MiB, found 1048577 bytes')
  await expect(open('latin.yml')).rejects.toThrow('latin.yml: expected UTF-8, found other bytes')
})

test('a link to a config is followed', async () => {
  await using folder = await folderWith({ 'real.yml': 'own: [ann@example.org]' })
  await symlink('real.yml', join(folder.path, 'config.yml'))
  expect((await loadConfig({ cwd: folder.path, env: {} })).own).toEqual(['ann@example.org'])
})

test('the state folder is SKRODE_HOME, else under XDG_DATA_HOME, and relative XDG folders are ignored', async () => {
  await using folder = await folderWith({})
  const home = async (env: NodeJS.ProcessEnv) => (await loadConfig({ cwd: folder.path, env })).home
  expect(await home({ SKRODE_HOME: 'state', XDG_DATA_HOME: '/data' })).toBe(join(folder.path, 'state'))
  expect(await home({ XDG_DATA_HOME: '/data' })).toBe('/data/skrode')
  expect(await home({ XDG_DATA_HOME: 'data', HOME: '/home/ann' })).toBe('/home/ann/.local/share/skrode')
})

test('the topology of the original README loads, and what aliases share is one object', async () => {
  const text = await readFile(new URL('../fixtures/config/original-topology.yml', import.meta.url), 'utf8')
  const { parts, database, workers } = await load(text)
  expect(database).toMatchObject({
    kind: 'server',
    host: 'db.example.org',
    port: 5432,
    user: 'ann',
    database: 'bbdb',
  })
  expect(workers).toEqual(['twitter_home_timeline', 'twitter_user_ids', 'twitter_tweet_ids'])

  const { redis, sql, tweet_id_queue: queue, twitter_tweet_ids: worker } = parts
  expect(worker).toMatchObject({ type: 'map', target: 'skrode.ingesters.twitter:ingest_tweet_id' })
  expect(valueAt(queue, 'conn') === redis).toBe(true)
  expect(valueAt(worker, 'source') === queue && valueAt(worker, 'tweet_id_queue') === queue).toBe(true)
  expect(valueAt(worker, 'session') === sql).toBe(true)
})

test('the database is the one under database, else the only one of the file, else the embedded one', async () => {
  const two = 'a: &a !skrode/sql {hostname: a.example}\nb: !skrode/sql {hostname: b.example}\n'
  expect((await load(`${two}database: *a`)).database).toMatchObject({ host: 'a.example' })
  expect((await load('database: !skrode/sql {hostname: c.example}')).database).toMatchObject({
    host: 'c.example',
  })
  expect((await load('b: !skrode/sql {hostname: b.example}')).database).toMatchObject({ host: 'b.example' })
  expect((await load(`${two}database: embedded`)).database.kind).toBe('embedded')
  await expect(load(two)).rejects.toThrow(
    "config.yml:2: b: expected database to name one of the file's !skrode/sql: a, b",
  )
})

test('SKRODE_DATABASE_URL is used whatever the file says', async () => {
  const url = 'postgresql://ann:p%40ss@db.example.org:6543/people?sslmode=require'
  const { database } = await load('database: !skrode/sql {hostname: a.example}', { SKRODE_DATABASE_URL: url })
  expect(database).toMatchObject({
    kind: 'server',
    host: 'db.example.org',
    port: 6543,
    user: 'ann',
    database: 'people',
    ssl: { rejectUnauthorized: false },
  })
  expect(await (database.kind === 'server' && 'password' in database && database.password?.())).toBe('p@ss')
})

test('a wrong SKRODE_DATABASE_URL is refused without being repeated', async () => {
  for (const url of [
    'hunter2',
    'mysql://ann:hunter2@a',
    'postgres://ann:hunter2@a:99999999',
    'postgres://%ff:hunter2@a',
  ]) {
    const refused = load('', { SKRODE_DATABASE_URL: url })
    await expect(refused).rejects.toThrow(/^SKRODE_DATABASE_URL: expected/)
    await expect(refused).rejects.not.toThrow('hunter2')
  }
})

test('a socket folder may be the host of a URL', async () => {
  const { database } = await load('', { SKRODE_DATABASE_URL: 'postgres:///people?host=/run/postgresql' })
  expect(database).toMatchObject({ host: '/run/postgresql', database: 'people' })
})

test('the config and everything in it is frozen', async () => {
  const config = await load(
    'ingesters: {mail: {what: [a]}}\na: !skrode/irc {hostname: a, nick: b, channels: [c]}',
  )
  const all: unknown[] = [config]
  for (const value of all) {
    if (typeof value !== 'object' || value === null) continue
    expect(value).toSatisfy(Object.isFrozen)
    all.push(...Object.values(value))
  }
})

test('a literal secret in a file that others can read is a warning, unless it comes from elsewhere', async () => {
  await using folder = await folderWith({
    'config.yml': 'a: !skrode/redis {password: hunter2}\nb: !skrode/redis\n  password: hunter3\n',
    'url.yml': 'a: !skrode/redis {url: "redis://ann:hunter2@a.example"}',
    'env.yml': 'a: !skrode/redis {password: "${P}"}\nb: !skrode/redis {password.file: x}',
  })
  const warnings = async (file: string) =>
    (await loadConfig({ file, cwd: folder.path, env: { P: 'hunter2' } })).warnings
  expect(await warnings('config.yml')).toEqual([])
  await chmod(join(folder.path, 'config.yml'), 0o644)
  await chmod(join(folder.path, 'env.yml'), 0o644)
  expect(await warnings('config.yml')).toEqual([
    'config.yml: others can read the secrets in it (line 1: a.password and 1 more); run chmod 600 on it',
  ])
  expect(await warnings('env.yml')).toEqual([])
  expect(await warnings('url.yml')).toHaveLength(0)
  await chmod(join(folder.path, 'url.yml'), 0o640)
  expect(await warnings('url.yml')).toHaveLength(1)
})

test('where names the line of what it is asked for, or of the nearest key above', async () => {
  const config = await load('ingesters:\n  mail:\n    what: [a,\n      b]\n')
  expect(config.where(['ingesters', 'mail'])).toBe('config.yml:2: ingesters.mail')
  expect(config.where(['ingesters', 'mail', 'what', 1])).toBe('config.yml:4: ingesters.mail.what[1]')
  expect(config.where(['ingesters', 'mail', 'since'])).toBe('config.yml:2: ingesters.mail.since')
})

test('a complaint of an ingester gets the line of the key it is about', async () => {
  const config = await load('ingesters:\n  mail:\n    since: x\n    what: [a,\n      3]\n')
  const block = ['ingesters', 'mail']
  const error = new ConfigError(`${config.where(block)}.what[1]`, 'expected a path, found a number')
  expect(located(error, config, block).message).toBe(
    'config.yml:5: ingesters.mail.what[1]: expected a path, found a number',
  )
  const other = new ConfigError('--since', 'expected a date')
  expect(located(other, config, block)).toBe(other)
})
