import type { PostSeen } from '../../src/record/observation.ts'
import type { HeaderBlock } from './header-block.ts'
import { mailDate } from './mail-date.ts'

/** When a message was sent, and how we know. */
export type SentAt = Pick<PostSeen, 'sentAt' | 'sentAtFrom'>

/** Network mail began in 1971; what claims to be older comes from a clock that was never set. */
const FIRST_MAIL = Date.UTC(1971, 0, 1)
const CLOCK_SKEW_MS = 2 * 24 * 60 * 60 * 1000

/**
 * The Date header where it makes sense: not before 1971, not more than two days behind the newest Received
 * header, and, where there is none of these, not more than two days after `now`. Otherwise the newest
 * Received header, otherwise `guess` (the mbox `From ` line, the name of a Maildir file), otherwise the
 * beginning of 1970, which no mail was sent at.
 */
export function sentAt(headers: HeaderBlock, guess: (() => Date | undefined) | undefined, now: Date): SentAt {
  const stated = plausible(mailDate(headers.first('date') ?? ''), now)
  const lastHop = plausible(receivedAt(headers.first('received')), now)
  if (stated && lastHop && stated.getTime() <= lastHop.getTime() + CLOCK_SKEW_MS) {
    return { sentAt: stated, sentAtFrom: 'sent' }
  }
  const newest = newestReceived(headers, now)
  if (stated && (!newest || stated.getTime() <= newest.getTime() + CLOCK_SKEW_MS)) {
    return { sentAt: stated, sentAtFrom: 'sent' }
  }
  if (newest) return { sentAt: newest, sentAtFrom: 'received' }
  return { sentAt: plausible(guess?.(), now) ?? new Date(0), sentAtFrom: 'guessed' }
}

function plausible(date: Date | undefined, now: Date): Date | undefined {
  const ms = date?.getTime() ?? Number.NaN
  return ms >= FIRST_MAIL && ms <= now.getTime() + CLOCK_SKEW_MS ? date : undefined
}

function newestReceived(headers: HeaderBlock, now: Date): Date | undefined {
  const hops = headers.all('received').flatMap((hop) => plausible(receivedAt(hop), now)?.getTime() ?? [])
  return hops.length > 0 ? new Date(Math.max(...hops)) : undefined
}

/** The date of a Received header stands behind its last semicolon (RFC 5322, 3.6.7). */
function receivedAt(hop: string | undefined): Date | undefined {
  if (hop === undefined) return undefined
  return mailDate(hop.slice(hop.lastIndexOf(';') + 1))
}
