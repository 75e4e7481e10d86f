import { MikroORM } from '@mikro-orm/postgresql'
import { expect, test } from 'vitest'
import { entities } from '../../schema/entities.ts'
import { testDatabase } from '../support/database.ts'
import { schemaDifference } from './difference.ts'

/** What is meant to differ. */
const KNOWN = [
  // The migrator's own table.
  'schema_version: no entity',
  // MikroORM wants a primary key; the table has a unique one instead, since two of its columns may be null.
  'audience: (post_id, kind) is not unique',
]

test('the entities say what the migrations make', async () => {
  await using database = await testDatabase()
  await using orm = mapper(database.url)
  expect(await schemaDifference(orm.mapper)).toEqual(KNOWN)
})

test.each([
  ['alter table account add note text', 'account.note: not in the entity'],
  ['alter table post drop column quoted', 'post.quoted: no such column'],
  ['alter table post alter sent_at set not null', 'post.sent_at: another nullable'],
  ['alter table evidence alter weight type double precision', 'evidence.weight: another type'],
  ['alter table account drop constraint account_key_key', 'account: (key) is not unique'],
  ['alter table cursor drop constraint cursor_pkey', 'cursor: (source, stream) is not unique'],
  ['drop index membership_open', 'membership: (account_id, channel_id where until is null) is not unique'],
  ['alter table outbox rename to inbox', 'inbox: no entity'],
  [
    'alter table claim drop constraint claim_account_id_fkey',
    'claim: no foreign key (account_id) to account (id) on delete no action',
  ],
])('%s is noticed', async (change, difference) => {
  await using database = await testDatabase()
  await using orm = mapper(database.url)
  await database.query(change, [], 'once')
  expect(await schemaDifference(orm.mapper)).toContain(difference)
})

function mapper(url: string): AsyncDisposable & { readonly mapper: MikroORM } {
  const { pathname, searchParams } = new URL(url)
  const mapper = new MikroORM({
    entities,
    dbName: pathname.slice(1),
    driverOptions: { connectionString: url, host: searchParams.get('host') ?? undefined },
  })
  return { mapper, [Symbol.asyncDispose]: () => mapper.close() }
}
