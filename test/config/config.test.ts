import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { load } from './folder.ts'

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
  expect(parts['twitter_tweet_ids']).toMatchObject({
    type: 'map',
    target: 'skrode.ingesters.twitter:ingest_tweet_id',
  })

  const { redis, sql, tweet_id_queue: queue } = parts
  const { conn } = { conn: undefined, ...Object(queue) }
  const { source, tweet_id_queue, session } = Object(parts['twitter_tweet_ids'])
  expect(conn === redis).toBe(true)
  expect(source === queue && tweet_id_queue === queue).toBe(true)
  expect(session === sql).toBe(true)
})
