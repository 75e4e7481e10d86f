import { expect, test } from 'vitest'
import { store } from '../../src/store/store.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { at, list, person, said } from '../support/said.ts'
import { skrode } from './skrode.ts'

test('prints who wrote what where, one post after the other, plain into a pipe', async () => {
  await using database = await holdingPosts()
  const given = { env: { SKRODE_DATABASE_URL: database.url, TZ: 'UTC' } }
  const { code, stdout, stderr } = await skrode(['search', '--sort', 'date', '-l', '1', 'roof'], given)
  expect(stdout).toBe(`2024-03-02 12:00  Ann Arbour mail+user:ann@example.org in gardeners
  Re: The roof
  The roof leaks [31m still.
  mail+post:second@example.org

`)
  expect(stderr).toMatch(/^there are more: --after d~\S+\n$/)
  expect(code).toBe(0)

  const after = stderr.trim().split(' ').at(-1) ?? ''
  const next = await skrode(['search', '--sort', 'date', '-l', '1', '--after', after, 'roof'], given)
  expect(next.stdout).toContain('mail+post:first@example.org')
  expect(next.stderr).toBe('')
})

test('marks the words on a terminal that shows colours', async () => {
  await using database = await holdingPosts()
  const given = { env: { SKRODE_DATABASE_URL: database.url, FORCE_COLOR: '1' } }
  const { stdout } = await skrode(['search', 'leaking'], given)
  expect(stdout).toContain('The roof \u001b[33mleaks\u001b[39m')
})

test('answers JSON with the places of the words', async () => {
  await using database = await holdingPosts()
  const { stdout } = await skrode(['search', '--json', 'leaks'], {
    env: { SKRODE_DATABASE_URL: database.url },
  })
  expect(JSON.parse(stdout)).toMatchObject({
    hits: [
      {
        key: 'mail+post:second@example.org',
        sentAt: '2024-03-02T12:00:00.000Z',
        snippet: { marks: [[9, 14]] },
      },
    ],
  })
})

test('takes words that the shell has freed of their quotation marks for a phrase', async () => {
  await using database = await holdingPosts()
  const given = { env: { SKRODE_DATABASE_URL: database.url } }
  const { stderr } = await skrode(['search', '--explain', 'the roof', 'from:Ann Arbour'], given)
  expect(stderr).toContain(
    'understood as: the word “the roof” in any form and written by “Ann Arbour” (one persona, 1 account)',
  )
})

test('shows where a query cannot be read, and ends with 2', async () => {
  await using database = await holdingPosts()
  const { code, stderr } = await skrode(['search', 'roof on:someday'], {
    env: { SKRODE_DATABASE_URL: database.url },
  })
  expect(code).toBe(2)
  expect(stderr).toContain('(at character 9)\n  roof on:someday\n          ^')
})

test('says on stderr that nothing matches, and ends with 3', async () => {
  await using database = await holdingPosts()
  const { code, stdout, stderr } = await skrode(['search', 'cellar'], {
    env: { SKRODE_DATABASE_URL: database.url },
  })
  expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: '', stderr: 'nothing matches cellar\n' })
})

async function holdingPosts(): Promise<TestDatabase> {
  const database = await testDatabase()
  const author = person('ann', 'Ann Arbour')
  const posts = [
    said('first', { author, title: 'The roof', text: 'It is new.' }),
    said('second', {
      author,
      channel: list('gardeners'),
      title: 'Re: The roof',
      text: 'The roof leaks \u001b[31m still.',
      sentAt: at(2),
    }),
  ]
  await store(database, { source: 'test', sightings: posts.map((found) => ({ found })), now: at(9) })
  return database
}
