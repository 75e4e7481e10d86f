import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { load } from './folder.ts'

const EXAMPLE = new URL('../../etc/config.example.yml', import.meta.url)

test('the example config loads as it is, and means what no config means', async () => {
  const { database, parts, ingesters } = await load(await readFile(EXAMPLE, 'utf8'))
  expect({ kind: database.kind, parts, ingesters }).toEqual({ kind: 'embedded', parts: {}, ingesters: {} })
})

test('the example config loads with every part of it taken in', async () => {
  const text = (await readFile(EXAMPLE, 'utf8')).replace(/^#(?! \S)/gm, '')
  const env = { TWITTER_BEARER_TOKEN: 'a', SLACK_APP_TOKEN: 'b', SLACK_BOT_TOKEN: 'c' }
  const { own, database, ingesters, parts } = await load(text, env)
  expect(own).toEqual(['ann@example.org', 'ann@work.example'])
  expect(database).toMatchObject({ kind: 'server', host: 'db.example.org', ssl: true })
  expect(Object.keys(ingesters)).toEqual(['mail', 'atom'])
  expect(Object.keys(parts)).toEqual(['redis', 'tweet_ids', 'mailbox', 'twitter', 'slack', 'libera'])
})
