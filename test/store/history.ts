import * as fc from 'fast-check'
import type { Observation, PostSeen } from '../../src/record/observation.ts'
import { at, list, mail, person, said } from '../support/said.ts'

const PEOPLE = ['ann', 'bob', 'cho', 'dag', 'eva']
const IDS = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']

const day = fc.integer({ min: 1, max: 28 })
const who = fc
  .record({
    local: fc.constantFrom(...PEOPLE),
    display: fc.constantFrom(undefined, 'A. Name', 'Another Name'),
  })
  .map(({ local, display }) => person(local, display))

/** A mail, always the same for the same id and day: what two copies of one post have in common. */
const post: fc.Arbitrary<PostSeen> = fc
  .record({
    id: fc.constantFrom(...IDS),
    author: who,
    receivers: fc.array(who, { maxLength: 3 }),
    day,
    edited: fc.boolean(),
    listed: fc.boolean(),
    ancestors: fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 4 }),
    text: fc.lorem({ maxCount: 8 }),
  })
  .map(({ id, author, receivers, day: sent, edited, listed, ancestors, text }) => {
    const line = ancestors.filter((ancestor) => ancestor !== id).map(mail)
    const parent = line.at(-1)
    return said(id, {
      author,
      sentAt: at(sent),
      asOf: at(edited ? 28 : sent),
      text,
      receivers: receivers.map((account) => ({ kind: 'to' as const, account })),
      ...(listed && { channel: list('garden') }),
      ...(parent && { relations: [{ kind: 'reply' as const, to: parent }] }),
      ancestors: line,
      links: text.length % 2 === 0 ? ['https://example.org/'] : [],
    })
  })

const gone = fc
  .constantFrom('p6', 'p7')
  .map((id): Observation => ({ kind: 'gone', key: mail(id), at: at(30) }))

/** What sources might say about a handful of people and posts: placeholders, edits, copies, deletions. */
export const history: fc.Arbitrary<Observation[]> = fc.array(
  fc.oneof({ weight: 8, arbitrary: post }, { weight: 1, arbitrary: gone }),
  { minLength: 1, maxLength: 30 },
)
