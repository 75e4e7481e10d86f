import { cleanName, withoutControls } from '../../src/record/text.ts'
import { normalUrl } from '../../src/record/url.ts'
import type { Person } from './feed.ts'

const ADDRESS = /[^\s<>()[\],;:"@]{1,64}@[^\s<>()[\],;:"@]{1,253}/

/**
 * The author that a line of free text names: `ann@example.org (Ann Smith)` as RSS 2.0 asks, `Ann Smith
 * <ann@example.org>`, an address alone or a name alone. Undefined where nothing is left of it.
 */
export function personFromText(text: string | undefined): Person | undefined {
  const line = withoutControls(text?.slice(0, 1000) ?? '')
  const [address] = ADDRESS.exec(line) ?? []
  const rest = address ? line.replace(`mailto:${address}`, '').replace(address, '') : line
  return personOf({ name: unwrapped(rest), email: address, url: undefined })
}

/** An author as its parts are given, each cleaned; undefined where none is left. */
export function personOf(given: Person): Person | undefined {
  const name = cleanName(given.name ?? '') || undefined
  const [email] = ADDRESS.exec(given.email?.slice(0, 1000) ?? '') ?? []
  const url = given.url ? normalUrl(given.url) : undefined
  if (!name && !email && !url) return undefined
  return { name, email: email?.toLowerCase(), url }
}

/** `Ann Smith` of what is left around an address: ` (Ann Smith)`, `Ann Smith <>`, `"Ann Smith" ()`. */
function unwrapped(text: string): string {
  const bare = text.replace(/<\s*>|\(\s*\)/g, '').trim()
  const [, inner] = /^[("']+(.*?)[)"']+$/.exec(bare) ?? []
  return (inner ?? bare).replace(/^[\s,;:-]+|[\s,;:-]+$/g, '')
}
