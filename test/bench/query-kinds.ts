import type { Database } from '../../src/database/sql.ts'
import { search } from '../../src/query/search.ts'
import { whois } from '../../src/query/whois.ts'
import { PLANTED } from './million-posts.ts'

/** Questions of one kind, each a different one. */
export interface Kind {
  readonly name: string
  readonly questions: readonly string[]
  /** How long it may take at the 95th percentile, in milliseconds. */
  readonly withinMs: number
  ask(database: Database, question: string): Promise<unknown>
  /** The same as a command line. */
  readonly words: readonly string[]
}

const MANY = 40

/** The kinds of questions that the project promises quick answers to, with questions out of what the database holds. */
export async function queryKinds(database: Database): Promise<Kind[]> {
  const names = await column(database, HANDLES)
  const displays = await column(database, DISPLAYS)
  return [
    whoisKind('a whole name', names),
    whoisKind('a common first name', 'anna john maria peter sara david laura thomas julia martin'.split(' ')),
    whoisKind(
      'a rare part of a name',
      displays.map((name) => (name.split(' ')[1] ?? name).slice(1)),
    ),
    whoisKind('two letters', 'an jo ma pe zq ub ck ra st el'.split(' ')),
    whoisKind('a misspelt name', displays.map(misspelt)),
    whoisKind(
      'nobody',
      names.map((_, at) => `qxw${at}vvzk`),
    ),
    searchKind('a rare word', PLANTED.rare),
    searchKind('a word that only old posts have', PLANTED.old),
    searchKind(
      'a phrase',
      PLANTED.phrases.map((pair) => `"${pair.join(' ')}"`),
    ),
    searchKind(
      'from: with a year',
      (await column(database, AUTHORS)).map((name) => `from:"${name}" on:2020`),
    ),
    searchKind(
      'a word with a year',
      (await words(database, 0.05)).map((word) => `${word} on:2016`),
    ),
    searchKind('a common word (in 1 of 5 posts)', await words(database, 0.2)),
    searchKind('a common word (in 1 of 5 posts), newest first', await words(database, 0.2), 'date'),
    searchKind('a middling word (in 1 of 100 posts)', await words(database, 0.01)),
    searchKind('a middling word (in 1 of 500 posts)', await words(database, 0.002)),
    searchKind('a middling word (in 1 of 100 posts), newest first', await words(database, 0.01), 'date'),
  ]
}

function whoisKind(name: string, questions: readonly string[]): Kind {
  return {
    name: `whois, ${name}`,
    questions,
    withinMs: 25,
    ask: (database, pattern) => whois(database, { pattern }),
    words: ['whois'],
  }
}

function searchKind(
  name: string,
  questions: readonly string[],
  sort: 'relevance' | 'date' = 'relevance',
): Kind {
  return {
    name: `search, ${name}`,
    questions,
    withinMs: 50,
    ask: (database, text) => search(database, text, { sort, limit: 10, now: new Date(), timezone: 'UTC' }),
    words: ['search', '--sort', sort],
  }
}

/** Two letters in the middle change places. */
function misspelt(name: string): string {
  const at = Math.floor(name.length / 2)
  return name.slice(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.slice(at + 1)
}

async function column(database: Database, statement: string): Promise<string[]> {
  const rows = await database.query<{ value: string }>(statement, [MANY])
  return rows.map(({ value }) => value)
}

const HANDLES = `select value from name where kind = 'handle' order by md5(id::text) limit $1`
const DISPLAYS = `select value from name where kind = 'display' order by md5(id::text) limit $1`
/** One handle each of people who wrote something in 2020, the busy ones as often as they wrote. */
const AUTHORS = `
  select distinct value from (
    select name.value from post join name on name.account_id = post.author_id and name.kind = 'handle'
    where sent_at >= '2020-01-01' and sent_at < '2021-01-01' order by md5(post.id::text) limit $1
  ) author`

/** Words that stand in about this share of the posts. */
async function words(database: Database, share: number): Promise<string[]> {
  const rows = await database.query<{ word: string }>(
    `select word from (
       select unnest(most_common_elems::text::text[]) as word, unnest(most_common_elem_freqs) as share
       from pg_stats where tablename = 'post' and attname = 'search'
     ) one where length(word) > 2 order by abs(share - $1) limit $2`,
    [share, MANY],
  )
  return rows.map(({ word }) => word)
}
