import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isSecret } from '../../src/config/secret.ts'
import { pluginsIn } from '../../src/folder.ts'
import { complaints, load } from './folder.ts'

async function made(text: string): Promise<unknown> {
  return (await load(`x: ${text}`)).parts['x']
}

test('!skrode/redis takes its parts, or a URL, or nothing', async () => {
  expect(await made('!skrode/redis')).toEqual({
    kind: 'redis',
    host: 'localhost',
    port: 6379,
    db: 0,
    tls: false,
  })
  expect(await made('!skrode/redis {url: "rediss://ann@[::1]:7000/2", port: 7001}')).toEqual({
    kind: 'redis',
    host: '::1',
    port: 7001,
    db: 2,
    username: 'ann',
    tls: true,
  })
  expect(await complaints('x: !skrode/redis {url: "http://hunter2"}')).toEqual([
    'config.yml:1: x.url: expected a URL such as redis://host:6379/0, found text',
  ])
})

test("!skrode/sql takes the original's dialects of Postgres, and no other database", async () => {
  expect(await made('!skrode/sql {dialect: postgresql+psycopg2, username: ann, ssl: unchecked}')).toEqual({
    kind: 'sql',
    host: 'localhost',
    port: 5432,
    user: 'ann',
    database: 'skrode',
    ssl: { rejectUnauthorized: false },
  })
  expect(await complaints('x: !skrode/sql {dialect: mysql}')).toEqual([
    'config.yml:1: x.dialect: expected postgresql, the one dialect there is, found text',
  ])
})

test('!skrode/imap speaks TLS unless told otherwise, and needs one way to log in', async () => {
  expect(await made('!skrode/imap {hostname: a, username: b, password: c}')).toMatchObject({
    port: 993,
    ssl: true,
  })
  expect(await made('!skrode/imap {hostname: a, username: b, password: c, ssl: false}')).toMatchObject({
    port: 143,
  })
  expect(await complaints('x: !skrode/imap {hostname: a, username: b}')).toEqual([
    'config.yml:1: x.password: expected a password or an access_token, found neither',
  ])
  expect(
    await complaints('x: !skrode/imap {hostname: a, username: b, password: c, access_token: d}'),
  ).toEqual(['config.yml:1: x.access_token: expected a password or an access_token, found both'])
})

test('!skrode/twitter hides its keys, and names those that are missing', async () => {
  const twitter = await made('!skrode/twitter {bearer_token: a, timeout: 5}')
  expect(twitter).toMatchObject({ timeout: 5, sleep_on_rate_limit: true, base_url: 'https://api.x.com' })
  expect(
    await complaints('x: !skrode/twitter {consumer_key: a, consumer_secret: b, access_token_key: c}'),
  ).toEqual(['config.yml:1: x.access_token_secret: expected a secret, found nothing'])
  expect(await complaints('x: !skrode/twitter {}')).toEqual([
    'config.yml:1: x: expected consumer_key, consumer_secret, access_token_key, access_token_secret, or a bearer_token',
  ])
})

test('!skrode/irc and !skrode/slack fill in what is usual', async () => {
  const irc = await made('!skrode/irc {hostname: a, nick: ann, sasl: {account: ann, password: x}}')
  expect(irc).toMatchObject({ port: 6697, ssl: true, username: 'ann', realname: 'ann', channels: [] })
  expect(await made('!skrode/slack {app_token: a, bot_token: b}')).toSatisfy(
    (slack: { app_token: unknown }) => isSecret(slack.app_token),
  )
  expect(await complaints('x: !skrode/irc {hostname: a, nick: b, sasl: {acount: c, password: d}}')).toEqual([
    'config.yml: 2 problems',
    'config.yml:1: x.sasl.account: expected text, found nothing',
    'config.yml:1: x.sasl.acount: unknown key',
  ])
})

test('every constructor has its section in the documentation', async () => {
  const page = await readFile(new URL('../../etc/docs/configuration.md', import.meta.url), 'utf8')
  for (const { name } of pluginsIn('src/config/tags')) expect(page).toContain(`### !skrode/${name}\n`)
})
