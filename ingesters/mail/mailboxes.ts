import { parseAddressHeader } from 'mailparser'
import { accountKey } from '../../src/record/key.ts'
import type { AccountMet, Name } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'

/** One address of an address header: lower case, with the name that stood beside it or an empty string. */
export interface Mailbox {
  readonly address: string
  readonly name: string
}

/** Pipermail and its like: `ann at example.org`, `ann (at) example dot org`, `ann(a)example.org`. */
const MASKED = /([\w.+=-]+)(?: at | ?[([](?:at|a)[)\]] ?)([\w-]+(?:(?:\.| dot )[\w-]+)+)/gi
/** The address of somebody whose domain forbids forwarding, as the IETF's lists write it: `ann=40example.org@dmarc.ietf.org`. */
const DMARC_MASK = /^([^@]+)=40([^@=]+)@dmarc\.[^@]+$/
const LONGEST_ADDRESS = 320

/** Headers repeat from message to message in a thread; reading one costs more than remembering it. */
const SEEN_AT_MOST = 2000
const LONGEST_SEEN = 2000
const seen = new Map<string, readonly Mailbox[]>()

/**
 * The mailboxes of a From, To, Cc or like header, groups flattened, masks taken off, encoded words decoded.
 * What holds neither `@` nor a UUCP path's `!` names nobody outside its own host and is left out.
 */
export function mailboxesIn(value: string): readonly Mailbox[] {
  const known = seen.get(value)
  if (known) return known
  const read = parsed(unmasked(value))
  if (value.length <= LONGEST_SEEN) {
    if (seen.size >= SEEN_AT_MOST) seen.clear()
    seen.set(value, read)
  }
  return read
}

/** Takes the masks off a text that has no `@` of its own. */
export function unmasked(value: string): string {
  return value.includes('@')
    ? value
    : value.replace(MASKED, (_, local, domain) => `${local}@${dotted(domain)}`)
}

/** The account behind a mailbox: the address is its handle and its e-mail claim. */
export function accountOf({ address, name }: Mailbox): AccountMet {
  const names: Name[] = [{ kind: 'handle', value: address }]
  const display = displayName(name)
  if (display) names.push({ kind: 'display', value: display })
  return {
    key: accountKey('mail', address),
    names,
    claims: [{ kind: 'email', value: address, how: 'profile' }],
  }
}

/** A display name as a person would write it; empty where it is only an address again. */
export function displayName(name: string): string {
  const clean = cleanName(name)
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
  return /^\S+@\S+$/.test(clean) ? '' : clean
}

function dotted(domain: string): string {
  return domain.replaceAll(' dot ', '.')
}

function parsed(value: string): Mailbox[] {
  return parseAddressHeader(value, { flatten: true }).value.flatMap(({ address = '', name }) => {
    const plain = normalAddress(address)
    return plain ? { address: plain, name } : []
  })
}

function normalAddress(address: string): string | undefined {
  const plain = address
    .toLowerCase()
    .trim()
    .replace(DMARC_MASK, '$1@$2')
    .replace(/^["']+|["'.]+$/g, '')
  const isAddress = /^[^\s\p{Cc}]+[@!][^\s\p{Cc}@]+$/u.test(plain)
  return isAddress && plain.length <= LONGEST_ADDRESS ? plain.toWellFormed() : undefined
}
