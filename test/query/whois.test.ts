import { expect, test } from 'vitest'
import type { Card } from '../../src/query/people/cards.ts'
import { whois } from '../../src/query/whois.ts'
import { newId } from '../../src/record/id.ts'
import { addHuman, addPersona } from '../support/people.ts'
import { testDatabase } from '../support/database.ts'

test('shows a persona with its names and accounts in the order of their keys', async () => {
  await using database = await testDatabase()
  const id = await addPersona(database, [
    ['mail+user:ann@example.org', { handle: 'ann@example.org', display: ['Zara Ann', 'Ann Arbour'] }],
    ['github+user:annar', { handle: 'annar', display: 'Ann Arbour' }],
  ])
  expect(await whois(database, { pattern: 'ann arbour' })).toEqual([
    {
      kind: 'persona',
      id,
      participates: false,
      names: ['ann@example.org', 'annar', 'Ann Arbour', 'Zara Ann'],
      moreAccounts: 0,
      accounts: [
        {
          service: 'github',
          key: 'github+user:annar',
          names: ['annar', 'Ann Arbour'],
          moreNames: 0,
          firstSeen: new Date('2024-01-01Z'),
          lastSeen: new Date('2024-03-05Z'),
        },
        {
          service: 'mail',
          key: 'mail+user:ann@example.org',
          names: ['ann@example.org', 'Ann Arbour', 'Zara Ann'],
          moreNames: 0,
          firstSeen: new Date('2024-01-01Z'),
          lastSeen: new Date('2024-03-05Z'),
        },
      ],
    },
  ])
})

test('shows a human once, with every persona they own and, marked, those they take part in', async () => {
  await using database = await testDatabase()
  const work = await addPersona(database, [['github+user:bert', { handle: 'bert' }]])
  const home = await addPersona(database, [['irc+user:net/bert', { handle: 'bert' }]])
  const brand = await addPersona(database, [['twitter+user:1', { handle: 'carillon' }]])
  const human = await addHuman(database, { owns: [work, home], participates: [brand] })

  const [card, ...others] = await whois(database, { pattern: 'bert' })
  expect(others).toEqual([])
  expect(card).toMatchObject({
    kind: 'human',
    id: human,
    personas: [
      { id: work, participates: false },
      { id: home, participates: false },
      { id: brand, participates: true },
    ],
  })
})

test('shows a persona as itself where humans only take part in it', async () => {
  await using database = await testDatabase()
  const brand = await addPersona(database, [['twitter+user:1', { handle: 'carillon' }]])
  await addHuman(database, { participates: [brand] })
  expect(await whois(database, { pattern: 'carillon' })).toMatchObject([{ kind: 'persona', id: brand }])
})

test('ranks whole names before beginnings before parts, each with the closest length first', async () => {
  await using database = await testDatabase()
  for (const handle of ['xxemil', 'emilia', 'femil', 'emil', 'emily-the-second', 'nobody']) {
    await addPersona(database, [[`github+user:${handle}`, { handle }]])
  }
  const found = await whois(database, { pattern: 'Emil', limit: 10 })
  expect(handles(found)).toEqual(['emil', 'emilia', 'emily-the-second', 'femil', 'xxemil'])
})

test.for([
  ['zoe', 'Zoë Strand'],
  ['ZOË STRAND', 'Zoë Strand'],
  ['oë str', 'Zoë Strand'],
  ['strasse', 'Große Straße'],
  ['søren', 'Soren Lund'],
] as const)('finds %j as %j, whatever the case and the accents', async ([pattern, display]) => {
  await using database = await testDatabase()
  const id = await addPersona(database, [['mail+user:x@example.org', { display }]])
  expect(await whois(database, { pattern })).toMatchObject([{ id }])
})

test.for(['100%', 'a_b', String.raw`back\slash`, '%', '_', 'a.c', '[x]', '(y'])(
  'takes %j as it stands and for nothing else',
  async (pattern) => {
    await using database = await testDatabase()
    const id = await addPersona(database, [['mail+user:x@example.org', { display: `is ${pattern} here` }]])
    await addPersona(database, [['mail+user:y@example.org', { display: 'another acb and more xy' }]])
    expect(await whois(database, { pattern })).toMatchObject([{ id }])
  },
)

test.for([
  ['thoams', 'thomas'],
  ['tomas', 'thomas'],
  ['thomass', 'thomas'],
  ['thimas', 'thomas'],
] as const)('finds %j by its likeness to %j when nobody else matches', async ([pattern, handle]) => {
  await using database = await testDatabase()
  const id = await addPersona(database, [['github+user:x', { handle }]])
  expect(await whois(database, { pattern })).toMatchObject([{ id }])
})

test('offers nobody who is merely similar beside somebody who matches', async () => {
  await using database = await testDatabase()
  await addPersona(database, [['github+user:a', { handle: 'thomas' }]])
  const id = await addPersona(database, [['github+user:b', { handle: 'tomas' }]])
  expect(await whois(database, { pattern: 'tomas' })).toMatchObject([{ id }])
})

test('finds an account by its key and by what it claims', async () => {
  await using database = await testDatabase()
  const id = await addPersona(database, [
    [
      'github+user:dora',
      {
        handle: 'dora',
        claims: [
          { kind: 'email', value: 'dora@example.net', how: 'profile' },
          { kind: 'url', value: 'https://dora.example/', how: 'profile' },
          { kind: 'phone', value: '+4930123456', how: 'profile' },
        ],
      },
    ],
  ])
  await addPersona(database, [['github+user:other', { handle: 'other' }]])
  const patterns = ['github+user:DORA', 'dora@example.net', 'Dora@Example', 'dora.example', '+49 30 123456']
  for (const pattern of patterns) {
    expect({ pattern, found: await whois(database, { pattern }) }).toMatchObject({ pattern, found: [{ id }] })
  }
})

test('finds a persona and a human by the beginning of their ids', async () => {
  await using database = await testDatabase()
  const persona = await addPersona(
    database,
    [['github+user:a', { handle: 'a' }]],
    '1ac45ba0-d0f5-484f-8d6b-fa10ac1bd688',
  )
  const human = await addHuman(database, {})
  expect(await whois(database, { pattern: '1ac45ba0' })).toMatchObject([{ kind: 'persona', id: persona }])
  expect(await whois(database, { pattern: persona.toUpperCase() })).toMatchObject([
    { kind: 'persona', id: persona },
  ])
  expect(await whois(database, { pattern: human })).toMatchObject([
    { kind: 'human', id: human, personas: [] },
  ])
})

test('takes no id by a beginning that two share', async () => {
  await using database = await testDatabase()
  await addPersona(database, [], '1ac45ba0-d0f5-484f-8d6b-fa10ac1bd688')
  await addPersona(database, [], '1ac45ba0-d0f5-484f-8d6b-fa10ac1bd689')
  expect(await whois(database, { pattern: '1ac45ba0' })).toEqual([])
})

test('follows a merged persona to the one that it is now', async () => {
  await using database = await testDatabase()
  const kept = await addPersona(database, [['github+user:a', { handle: 'kept' }]])
  const between = newId()
  const gone = newId()
  await database.query('insert into persona (id, merged_into) values ($1, $2)', [between, kept])
  await database.query('insert into persona (id, merged_into) values ($1, $2)', [gone, between])
  expect(await whois(database, { pattern: gone })).toMatchObject([
    { id: kept, accounts: [{ key: 'github+user:a' }] },
  ])
})

test('finds a persona by the name that the owner gave it, and shows that first', async () => {
  await using database = await testDatabase()
  const id = await addPersona(database, [['github+user:a', { handle: 'a-handle' }]])
  await database.query(
    `insert into name (id, persona_id, kind, value, folded, first_seen, last_seen)
     values ($1, $2, 'manual', 'The Plumber', 'the plumber', now(), now())`,
    [newId(), id],
  )
  expect(await whois(database, { pattern: 'plumber' })).toMatchObject([
    { id, names: ['The Plumber', 'a-handle'] },
  ])
})

test('matches whole names only when asked to', async () => {
  await using database = await testDatabase()
  const id = await addPersona(database, [['github+user:a', { handle: 'finn' }]])
  await addPersona(database, [['github+user:b', { handle: 'finnegan' }]])
  expect(await whois(database, { pattern: 'FINN', exact: true })).toMatchObject([{ id }])
  expect(await whois(database, { pattern: 'fin', exact: true })).toEqual([])
})

test('matches accounts of one service only when asked to, and shows who matches whole', async () => {
  await using database = await testDatabase()
  const id = await addPersona(database, [
    ['github+user:gil', { handle: 'gil' }],
    ['mail+user:gil@example.org', { handle: 'gil@example.org' }],
  ])
  await addPersona(database, [['irc+user:net/gil', { handle: 'gil' }]])
  const [card, ...others] = await whois(database, { pattern: 'gil', service: 'GitHub' })
  expect(others).toEqual([])
  expect(card).toMatchObject({ id, accounts: [{ service: 'github' }, { service: 'mail' }] })
  expect(await whois(database, { pattern: 'gil', service: 'slack' })).toEqual([])
})

test('finds others behind a persona that has very many accounts of one name, and says how many it leaves out', async () => {
  await using database = await testDatabase()
  const crowd = await addPersona(
    database,
    Array.from({ length: 150 }, (_, index) => [`github+user:hana${index}`, { handle: 'hana' }] as const),
  )
  const other = await addPersona(database, [['github+user:last', { handle: 'hana' }]])
  const [first, second] = await whois(database, { pattern: 'hana', limit: 2 })
  expect(first).toMatchObject({ id: crowd, names: ['hana'], moreAccounts: 50 })
  expect(second).toMatchObject({ id: other })
})

test.for(['', '   ', '\u0000', 'e'.repeat(5000), '\u202e', '山', '-'])(
  'answers nobody for %j',
  async (pattern) => {
    await using database = await testDatabase()
    await addPersona(database, [['github+user:a', { handle: 'ivo' }]])
    expect(await whois(database, { pattern })).toEqual([])
  },
)

function handles(cards: readonly Card[]): (string | undefined)[] {
  return cards.map((card) => (card.kind === 'persona' ? card.names[0] : undefined))
}
