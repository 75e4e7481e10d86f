import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { type Config, loadConfig } from '../../src/config/config.ts'
import { describe } from '../../src/config/describe.ts'
import { valueAt } from '../../src/config/path.ts'
import { type Secret, commandSecret, fileSecret, isSecret, literalSecret } from '../../src/config/secret.ts'
import { folderWith, load } from './folder.ts'

function password(config: Config, part = 'r'): Secret {
  const value = valueAt(config.parts[part], 'password')
  if (!isSecret(value)) throw new Error('no secret')
  return value
}

test('a secret shows itself to reveal alone', async () => {
  const secret = literalSecret('hunter2')
  const shown = [
    `${secret.toString()}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
  ]
  expect(shown.join()).not.toContain('hunter2')
  expect(shown).toEqual(['[secret]', '{"secret":"[secret]"}', '{ secret: [secret] }'])
  expect(inspect(secret, { customInspect: false })).not.toContain('hunter2')
  expect(await secret.reveal()).toBe('hunter2')
})

test('a secret is given as text, as digits, from the environment, from a file or by a command, in either spelling', async () => {
  await using folder = await folderWith({ secret: 'from file\n' })
  const text = [
    'r: !skrode/redis {password: text}',
    'digits: !skrode/redis {password: 007}',
    'env: !skrode/redis {password: "${P}"}',
    'file: !skrode/redis {password.file: secret}',
    'file2: !skrode/redis {password: {file: ./secret}}',
    'home: !skrode/redis {password.file: ~/secret}',
    'command: !skrode/redis {password.command: "cat secret; echo $P"}',
    'command2: !skrode/redis {password: {command: "printf %s here"}}',
    'x-p: &p shared',
    'alias: !skrode/redis {password: *p}',
  ].join('\n')
  await writeFile(join(folder.path, 'config.yml'), text)
  const config = await loadConfig({ cwd: folder.path, env: { ...process.env, HOME: folder.path, P: 'p w' } })
  const revealed = ['r', 'digits', 'env', 'file', 'file2', 'home', 'command', 'command2', 'alias'].map(
    (part) => password(config, part).reveal(),
  )
  expect(await Promise.all(revealed)).toEqual([
    'text',
    '007',
    'p w',
    'from file',
    'from file',
    'from file',
    'from file\np w',
    'here',
    'shared',
  ])
})

test('a secret with an anchor can be shared', async () => {
  const config = await load('r: !skrode/redis {password: &p hunter2}\ns: !skrode/redis {password: *p}')
  expect(password(config, 's')).toBe(password(config, 'r'))
})

test('whatever a key names as a secret is hidden, in the options of an ingester too', async () => {
  const { ingesters } = await load(
    'ingesters: {x: {apiKey: a, app_token: b, client-secret: c, what: d, tokens: e}}',
  )
  expect(ingesters['x']).toMatchObject({ what: 'd', tokens: 'e' })
  expect(['apiKey', 'app_token', 'client-secret'].map((key) => isSecret(ingesters['x']?.[key]))).toEqual([
    true,
    true,
    true,
  ])
})

test('a command runs when first asked, and once', async () => {
  await using folder = await folderWith({})
  const secret = commandSecret('echo x >> log; echo done', {
    where: 'r.password',
    cwd: folder.path,
    env: process.env,
  })
  await expect(readFile(join(folder.path, 'log'))).rejects.toThrow('ENOENT')
  expect(await Promise.all([secret.reveal(), secret.reveal()])).toEqual(['done', 'done'])
  expect(await readFile(join(folder.path, 'log'), 'utf8')).toBe('x\n')
})

test('a command that fails is told by its key, not by its output', async () => {
  const text = 'r: !skrode/redis\n  password.command: echo hunter2; echo hunter3 >&2; exit 7'
  await using folder = await folderWith({ 'config.yml': text })
  const config = await loadConfig({ cwd: folder.path, env: process.env })
  await expect(password(config).reveal()).rejects.toThrow(
    /^config\.yml:2: r\.password: expected a command that prints the secret, found one that exits with status 7$/,
  )
})

test('a command that takes too long is ended with all that it started', async () => {
  await using folder = await folderWith({})
  const place = { where: 'r.password', cwd: folder.path, env: process.env, timeoutMs: 200 }
  const begun = performance.now()
  const secret = commandSecret('(sleep 20; echo late > late) & echo $! > pid; sleep 30', place)
  await expect(secret.reveal()).rejects.toThrow('found one that takes longer than 0.2 s')
  expect(performance.now() - begun).toBeLessThan(5000)
  const pid = (await readFile(join(folder.path, 'pid'), 'utf8')).trim()
  await expect.poll(() => runs(pid)).toBe(false)
})

/** A process that has ended may wait as a zombie for whoever adopted it. */
async function runs(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone) Z')
  return !/\) [ZX]/.test(stat)
}

test('a command that prints without end is ended', async () => {
  const secret = commandSecret('yes hunter2', { where: 'r.password', cwd: '/', env: process.env })
  await expect(secret.reveal()).rejects.toThrow('found one that prints more than 64 KiB')
})

test('a secret file that cannot be read is told by its key', async () => {
  await using folder = await folderWith({ large: 'x'.repeat(70_000) })
  const reveal = (path: string) => fileSecret(path, 'config.yml:3: r.password').reveal()
  await expect(reveal(join(folder.path, 'no'))).rejects.toThrow(
    'config.yml:3: r.password: expected a readable file, found ENOENT',
  )
  await expect(reveal('/dev/zero')).rejects.toThrow('expected a file, found something else')
  await expect(reveal(join(folder.path, 'large'))).rejects.toThrow('expected at most 64 KiB, found more')
})

test('the description of a config holds no secret and no login, and keeps what is shared', async () => {
  const text = [
    'database: &d !skrode/sql {url: "postgres://ann:hunter2@a.example/b", username: bob}',
    'r: &r !skrode/redis {url: "redis://ann:hunter2@a.example", db: 3}',
    'q: !skrode/queue {key: k, conn: *r}',
    'ingesters: {atom: {what: ["https://ann:hunter2@feeds.example/x"], token: hunter2}}',
  ].join('\n')
  const shown = describe(await load(text))
  expect(JSON.stringify(shown)).not.toContain('hunter2')
  expect(shown).toMatchObject({
    database: { kind: 'server', host: 'a.example', user: 'bob', password: '[secret]' },
    ingesters: { atom: { what: ['https://[secret]@feeds.example/x'], token: '[secret]' } },
    parts: { r: { kind: 'redis', db: 3, password: '[secret]' } },
  })
  expect(shown['own']).not.toBe(shown['workers'])
  expect(valueAt(valueAt(shown['parts'], 'q'), 'conn')).toBe(valueAt(shown['parts'], 'r'))
})
