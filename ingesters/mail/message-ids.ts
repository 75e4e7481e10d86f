import { createHash } from 'node:crypto'
import { type PostKey, postKey } from '../../src/record/key.ts'
import type { HeaderBlock } from './header-block.ts'

/** What a message answers: its direct parent, and the thread above it, oldest first, the parent last. */
export interface Thread {
  readonly parent?: PostKey
  readonly ancestors: readonly PostKey[]
}

const MOST_ANCESTORS = 50
const LONGEST_ID = 998

/** The Message-ID without its angle brackets; undefined where there is none worth the name. */
export function messageId(headers: HeaderBlock): string | undefined {
  const value = headers.first('message-id')
  if (!value) return undefined
  const bracketed = /<([^<>]+)>/.exec(value)?.[1]
  const id = (bracketed ?? value.replace(/[<>]/g, '')).replace(/\s+/g, '')
  return id !== '' && id.length <= LONGEST_ID ? id : undefined
}

/** A stand-in for a missing Message-ID that any copy of the same message gets again. */
export function madeUpId(parts: readonly string[]): string {
  const normal = parts.map((part) => part.replace(/\s+/g, ' ').trim()).join('\n')
  return `sha256-${createHash('sha256').update(normal).digest('hex').slice(0, 40)}@missing.invalid`
}

/**
 * Reads In-Reply-To and References (RFC 5322, 3.6.4). Only ids in angle brackets count, so that phrases like
 * `message from Ann of "Mon, 1 Jul"` name nothing; nor do the addresses of those whom `isMet` knows, which
 * old mailers put into such phrases.
 */
export function threadOf(headers: HeaderBlock, ownId: string, isMet: (address: string) => boolean): Thread {
  const references = headers
    .all('references')
    .flatMap(idsIn)
    .filter((id) => isOther(id, ownId))
  const answered = headers.all('in-reply-to').flatMap((value) => answeredIn(value, isMet))
  const parent = answered.find((id) => isOther(id, ownId)) ?? references.at(-1)
  if (parent === undefined) return { ancestors: [] }

  const above = [...new Set(references)].filter((id) => id !== parent)
  const kept =
    above.length < MOST_ANCESTORS ? above : [...above.slice(0, 1), ...above.slice(2 - MOST_ANCESTORS)]
  const to = postKey('mail', parent)
  return { parent: to, ancestors: [...kept.map((id) => postKey('mail', id)), to] }
}

function isOther(id: string, ownId: string): boolean {
  return id !== ownId && id.length <= LONGEST_ID
}

function answeredIn(value: string, isMet: (address: string) => boolean): string[] {
  const ids = idsIn(value)
  return value.startsWith('<') && value.endsWith('>') && ids.length === 1
    ? ids
    : ids.filter((id) => !isMet(id))
}

/** Folding may have broken an id; white space inside the brackets is never part of it. */
function idsIn(value: string): string[] {
  const ids: string[] = []
  for (let open = value.indexOf('<'); open >= 0; open = value.indexOf('<', open + 1)) {
    const close = value.indexOf('>', open)
    if (close < 0) break
    const id = value.slice(open + 1, close)
    const whole = /[\s<]/.test(id) ? id.replace(/\s+/g, '').replace(/^.*</, '') : id
    if (whole !== '') ids.push(whole)
    open = close
  }
  return ids
}
