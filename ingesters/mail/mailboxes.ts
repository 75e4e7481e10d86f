import { domainToUnicode } from 'node:url'
import libmime from 'libmime'
import addressparser from 'nodemailer/lib/addressparser'
import { accountKey } from '../../src/record/key.ts'
import type { AccountMet, Name } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'

/** One address of an address header: lower case, with the name that stood beside it or an empty string. */
export interface Mailbox {
  readonly address: string
  readonly name: string
}

/** Pipermail and its like: `ann at example.org`, `ann (at) example dot org`, `ann(a)example.org`. */
const MASKED =
  /([\w.+=-]{1,64})(?: at | ?[([](?:at|a)[)\]] ?)([\w-]{1,63}(?:(?:\.| dot )[\w-]{1,63}){1,10})/gi
/** The address of somebody whose domain forbids forwarding, as some lists write it: `ann=40example.org@dmarc.example.net`. */
const DMARC_MASK = /^([^@]+)=40([^@=]+)@dmarc\.[^@]+$/
const ADDRESS = /^[^\s\p{Cc}]+[@!][^\s\p{Cc}@]+$/u
const QUOTES = /^["']+|["'.]+$/g
const LONGEST_ADDRESS = 320
const LONGEST_NAME = 1000

/** People repeat from message to message; reading one costs more than remembering them. */
const SEEN_AT_MOST = 5000
const LONGEST_SEEN = 200
const seen = new Map<string, readonly Mailbox[]>()
const accounts = new WeakMap<Mailbox, AccountMet>()

/**
 * The mailboxes of a From, To, Cc or like header, groups flattened, masks taken off, encoded words decoded.
 * What holds neither `@` nor a UUCP path's `!` names nobody outside its own host and is left out.
 */
export function mailboxesIn(value: string): readonly Mailbox[] {
  const plain = unmasked(value)
  return simpleList(plain)?.flatMap(remembered) ?? parsed(plain)
}

/** Takes the masks off a text that has no `@` of its own. */
export function unmasked(value: string): string {
  return value.includes('@')
    ? value
    : value.replace(MASKED, (_, local, domain) => `${local}@${dotted(domain)}`)
}

/** The account behind a mailbox: the address is its handle and its e-mail claim. */
export function accountOf(mailbox: Mailbox): AccountMet {
  const known = accounts.get(mailbox)
  if (known) return known
  const account = accountFor(mailbox)
  accounts.set(mailbox, account)
  return account
}

function accountFor({ address, name }: Mailbox): AccountMet {
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

/** The members of a list without groups, comments and escapes, which commas outside of quotes part. */
function simpleList(value: string): string[] | undefined {
  if (/[():;\\]/.test(value)) return undefined
  const members = value.split(',')
  return value.includes('"') && members.some((member) => !hasEvenQuotes(member)) ? undefined : members
}

function hasEvenQuotes(member: string): boolean {
  return member.split('"').length % 2 === 1
}

function remembered(member: string): readonly Mailbox[] {
  const known = seen.get(member)
  if (known) return known
  if (member.length > LONGEST_SEEN) return parsed(member)
  // A slice keeps the whole list in memory that it was cut from; what is remembered must be a copy.
  const copy = Buffer.from(member).toString()
  const read = parsed(copy)
  if (seen.size >= SEEN_AT_MOST) seen.clear()
  seen.set(copy, read)
  return read
}

function parsed(value: string): Mailbox[] {
  return addressparser(value, { flatten: true }).flatMap(({ address, name }) => {
    const plain = normalAddress(address)
    return plain ? { address: plain, name: decodedName(name.slice(0, LONGEST_NAME)) } : []
  })
}

function decodedName(name: string): string {
  return name.includes('=?') ? libmime.decodeWords(name) : name
}

/** An encoded word never stands in an address (RFC 2047, 5); one that does hides another address. */
function normalAddress(address: string): string | undefined {
  if (address.length > LONGEST_ADDRESS) return undefined
  const plain = address.toLowerCase().trim().replace(DMARC_MASK, '$1@$2').replace(QUOTES, '')
  if (!ADDRESS.test(plain) || plain.includes('=?')) return undefined
  return withUnicodeDomain(plain.toWellFormed())
}

/** `ann@xn--bcher-kva.example` and `ann@b\u00fccher.example` are one address. */
function withUnicodeDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  if (at === 0 || !address.includes('xn--', at)) return address
  return address.slice(0, at) + (domainToUnicode(address.slice(at)) || address.slice(at))
}
