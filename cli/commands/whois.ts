import type { AccountCard } from '../../src/query/people/accounts.ts'
import type { Card, PersonaCard } from '../../src/query/people/cards.ts'
import { whois } from '../../src/query/whois.ts'
import { UsageError } from '../../src/errors.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { type Yaml, yaml } from '../yaml.ts'

export default defineCommand({
  summary: 'Print everyone whose name, handle or address matches',
  details: async () =>
    'Case and accents do not count. Whole names come first, then beginnings, then parts, each with the closest\n' +
    'length first, and names that are only similar where nothing else matches. A key such as github+user:ann and\n' +
    'an id, or the first eight or more of its digits, name one.',
  arguments: [{ syntax: '<pattern...>', about: 'any part of a name, handle or address; a key; an id' }],
  options: [
    { flags: '-l, --limit <n>', about: 'print this many people', otherwise: '3' },
    { flags: '--exact', about: 'only whole names, handles and addresses' },
    { flags: '--service <key>', about: 'only who has an account there that matches: mail, github' },
  ],
  examples: [
    ['skrode whois ann', 'the three who match best, as YAML, each human with all their personas'],
    ['skrode whois -l 50 --service mail example.org', 'who writes from there'],
    ['skrode whois --json --exact ann@example.org', 'one person, for a program'],
  ],
  parse(given) {
    const pattern = given.words('pattern').join(' ')
    if (pattern.trim() === '') throw new UsageError('expected a name, handle or address, found nothing')
    const service = given.text('service')
    return {
      pattern,
      limit: given.whole('limit', { otherwise: 3, atLeast: 1, atMost: 1000 }),
      exact: given.flag('exact'),
      ...(service && { service }),
    }
  },
  async run(input, { io, json, database }) {
    const cards = await whois(await database(), input)
    const documents = cards.map(documentOf)
    if (json) io.json(documents)
    else for (const document of documents) io.out(yaml(document))
    if (cards.length > 0) return EXIT.ok
    io.err(`nobody matches ${input.pattern}`)
    return EXIT.nothing
  },
})

function documentOf(card: Card): Yaml {
  if (card.kind === 'persona') return persona(card)
  return {
    human: card.id,
    personas: card.personas.map(persona),
    ...(card.morePersonas > 0 && { 'more personas': card.morePersonas }),
  }
}

function persona({ id, names, accounts, moreAccounts, participates }: PersonaCard): Yaml {
  return {
    persona: id,
    names,
    accounts: accounts.map(account),
    ...(moreAccounts > 0 && { 'more accounts': moreAccounts }),
    ...(participates && { role: 'participates' }),
  }
}

function account({ service, key, names, moreNames, firstSeen, lastSeen }: AccountCard): Yaml {
  return {
    service,
    'foreign key': key,
    names,
    ...(moreNames > 0 && { 'more names': moreNames }),
    'first seen': firstSeen.toISOString(),
    'last seen': lastSeen.toISOString(),
  }
}
