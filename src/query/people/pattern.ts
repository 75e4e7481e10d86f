import { accountKey } from '../../record/key.ts'
import { fold, withoutControls } from '../../record/text.ts'
import { normalUrl } from '../../record/url.ts'

/** What somebody typed to name a person, in the forms in which it is looked up. */
export interface Pattern {
  /** Folded like the names that it is compared with; at most 400 characters. */
  readonly folded: string
  /** The values that a claim may have for it to be this one: an address, a handle, a phone number, a URL. */
  readonly claims: readonly string[]
  /** The account's key, where it is one. */
  readonly key?: string
  /** The ids it may be the beginning of, where it looks like one: the least and the greatest. */
  readonly ids?: readonly [from: string, to: string]
}

/** Reads a pattern. */
export function patternOf(typed: string): Pattern {
  const text = Array.from(withoutControls(typed)).slice(0, 400).join('')
  const folded = fold(text)
  const ids = idsOf(text)
  const key = keyOf(text)
  return { folded, claims: claimsOf(text, folded), ...(key && { key }), ...(ids && { ids }) }
}

function claimsOf(text: string, folded: string): string[] {
  const phone = /^\+?[\d ()./-]{5,}$/.test(text) ? text.replace(/[^\d+]/g, '') : undefined
  const urls = text.includes('.')
    ? [text, `https://${text}`, `http://${text}`].map((url) => normalUrl(url))
    : []
  const values = [text, folded, text.toLowerCase(), text.replace(/^@/, ''), phone, ...urls]
  return [...new Set(values.filter((value) => value !== undefined).filter(Boolean))]
}

function keyOf(text: string): string | undefined {
  const [, service, id] = /^([a-z0-9]+)\+user:(.+)$/iu.exec(text) ?? []
  return service && id ? accountKey(service.toLowerCase(), id) : undefined
}

/** Eight hexadecimal digits or more, with or without the dashes of a UUID. */
function idsOf(text: string): readonly [string, string] | undefined {
  const digits = text.toLowerCase().replaceAll('-', '')
  if (!/^[0-9a-f]{8,32}$/.test(digits) || !/^[0-9a-f-]+$/i.test(text)) return undefined
  return [digits.padEnd(32, '0'), digits.padEnd(32, 'f')]
}

/** What stands behind every text that begins with this one, in the byte order of `text_pattern_ops`. */
export function endOfPrefix(text: string): string {
  return `${text}\u{10ffff}`
}

/** Text as `like` takes it literally. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`)
}

/** Text as a Postgres regular expression takes it literally. */
export function regexLiteral(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}-]/g, (special) => `\\${special}`)
}
