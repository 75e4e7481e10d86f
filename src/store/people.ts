import type { AccountKey, ChannelKey } from '../record/key.ts'
import type { AccountMet, ChannelMet, Claim, Name, Observation } from '../record/observation.ts'
import { cleanName, withoutControls } from '../record/text.ts'

/** The times between which something was seen, in milliseconds since 1970: a batch compares very many. */
export interface Interval {
  readonly first: number
  readonly last: number
}

/** Everything that a batch says of one account. */
export interface Person {
  readonly seen: Interval
  /** By kind and value, so that each stands once. */
  readonly names: Map<string, { readonly name: Name; readonly seen: Interval }>
  readonly claims: Map<string, { readonly claim: Claim; readonly seen: Interval }>
  /** The newest profile in the batch. */
  readonly profile?: { readonly asOf: Date; readonly raw: Uint8Array }
}

/** The accounts and channels of a batch, each once. */
export interface Gathered {
  readonly people: Map<AccountKey, Person>
  readonly channels: Map<ChannelKey, ChannelMet>
}

/** Longest claim kept, in characters; an index entry has to hold it. */
const LONGEST_CLAIM = 2000
/** A profile that claims more than this is a storm, not a person; the rest stays in its raw payload. */
const MOST_CLAIMS = 1000

/** Collects who and where a batch speaks of. */
export function gather(observations: readonly Observation[]): Gathered {
  const gathered: Gathered = { people: new Map(), channels: new Map() }
  for (const observation of observations) gatherOne(gathered, observation)
  return gathered
}

function gatherOne(gathered: Gathered, observation: Observation): void {
  const met = (account: AccountMet, at: Date): void => meet(gathered.people, account, at.getTime())
  const channel = (place: ChannelMet): unknown => gathered.channels.set(place.key, place)
  switch (observation.kind) {
    case 'account':
      met(observation, observation.at)
      if (observation.raw) profile(gathered.people, observation.key, observation.at, observation.raw)
      return
    case 'post':
      if (observation.author) met(observation.author, observation.sentAt)
      for (const { account } of observation.receivers) met(account, observation.sentAt)
      if (observation.channel) channel(observation.channel)
      return
    case 'relation':
      met(observation.from, observation.at)
      met(observation.to, observation.at)
      return
    case 'membership':
      met(observation.account, observation.at)
      channel(observation.channel)
      return
    case 'interaction':
      met(observation.account, observation.at)
      return
    case 'gone':
      return
    default:
      observation satisfies never
  }
}

function meet(people: Map<AccountKey, Person>, account: AccountMet, at: number): void {
  const before = people.get(account.key)
  const person: Person = before
    ? { ...before, seen: widen(before.seen, at) }
    : { seen: { first: at, last: at }, names: new Map(), claims: new Map() }
  if (person.seen !== before?.seen) people.set(account.key, person)

  for (const name of account.names) named(person.names, name, at)
  for (const claim of account.claims ?? []) claimed(person.claims, claim, at)
}

function named(names: Person['names'], { kind, value: told }: Name, at: number): void {
  const value = cleanName(told)
  if (value === '') return
  const key = `${kind} ${value}`
  const before = names.get(key)
  const seen = before ? widen(before.seen, at) : { first: at, last: at }
  if (seen !== before?.seen) names.set(key, { name: { kind, value }, seen })
}

function claimed(claims: Person['claims'], told: Claim, at: number): void {
  const value = withoutControls(told.value)
  if (value === '' || value.length > LONGEST_CLAIM || claims.size >= MOST_CLAIMS) return
  const key = `${told.kind} ${told.how} ${value}`
  const before = claims.get(key)
  const claim = { ...told, value, verified: told.verified === true || before?.claim.verified === true }
  const seen = before ? widen(before.seen, at) : { first: at, last: at }
  if (seen !== before?.seen || claim.verified !== before.claim.verified) claims.set(key, { claim, seen })
}

function profile(people: Map<AccountKey, Person>, key: AccountKey, asOf: Date, raw: Uint8Array): void {
  const person = people.get(key)
  if (person && (!person.profile || person.profile.asOf < asOf))
    people.set(key, { ...person, profile: { asOf, raw } })
}

/** The interval that also holds `at`; the same object where it already does. */
function widen(seen: Interval, at: number): Interval {
  if (at < seen.first) return { first: at, last: seen.last }
  if (at > seen.last) return { first: seen.first, last: at }
  return seen
}
