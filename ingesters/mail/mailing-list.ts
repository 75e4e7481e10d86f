import libmime from 'libmime'
import { channelKey } from '../../src/record/key.ts'
import type { ChannelMet } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'
import type { HeaderBlock } from './header-block.ts'

/** The mailing list that a message came through. */
export interface MailingList {
  readonly channel: ChannelMet
  /** The list's own addresses, which nobody writes from. */
  readonly addresses: ReadonlySet<string>
}

/** Ids and addresses are short; what is longer is no list. */
const LONGEST = 1000
const ADDRESS = /[^\s<>:;,"'()]+@[^\s<>:;,"'()?]+/

/**
 * The list that List-Id names (RFC 2919), or where that is missing Mailing-List, X-Mailing-List, X-BeenThere
 * or List-Post do; `list@example.org` and `<list.example.org>` are one list.
 */
export function mailingListOf(headers: HeaderBlock): MailingList | undefined {
  const posts = listAddress(headers)
  const stated = headers.first('list-id')?.slice(0, LONGEST)
  const id = (stated && idOf(stated)) ?? posts?.replace('@', '.')
  if (!id) return undefined

  const title = stated ? titleOf(stated) : ''
  const channel = { key: channelKey('mail', id), kind: 'mailing-list' as const, ...(title && { title }) }
  return { channel, addresses: new Set([id.replace('.', '@').toLowerCase(), ...(posts ? [posts] : [])]) }
}

function listAddress(headers: HeaderBlock): string | undefined {
  for (const name of ['list-post', 'x-mailing-list', 'mailing-list', 'x-beenthere'] as const) {
    const address = ADDRESS.exec(
      headers
        .first(name)
        ?.slice(0, LONGEST)
        .replace(/mailto:/i, '') ?? '',
    )?.[0]
    if (address) return address.toLowerCase()
  }
  return undefined
}

/** The id stands in angle brackets; lists older than RFC 2919 give it bare. */
function idOf(value: string): string | undefined {
  const id = (/<([^<>]+)>\s*$/.exec(value)?.[1] ?? value).replace(/\s+/g, '').replace('@', '.')
  return id !== '' && id.length <= 255 ? id.toLowerCase() : undefined
}

function titleOf(value: string): string {
  const bracket = value.lastIndexOf('<')
  if (bracket < 0) return ''
  return cleanName(libmime.decodeWords(value.slice(0, bracket)))
    .replace(/^"(.*)"$/, '$1')
    .trim()
}
