import { accountKey } from '../../src/record/key.ts'
import type { AccountMet } from '../../src/record/observation.ts'
import { fold } from '../../src/record/text.ts'
import type { HeaderBlock, HeaderName } from './header-block.ts'
import { accountOf, displayName, type Mailbox, mailboxesIn, unmasked } from './mailboxes.ts'
import type { MailingList } from './mailing-list.ts'

/** `Ann Smith via list`, `'Ann Smith' via Google Groups`: somebody's name on an address that is not theirs. */
const VIA = /^(.+?)\s+via\s+\S/i
const ADDRESS = /[^\s<>()[\],;:"']+@[^\s<>()[\],;:"']+\.[^\s<>()[\],;:"']+/

/** Where lists and relays that rewrite From keep the real one; `Author` is RFC 9057. */
const ORIGINALS: readonly HeaderName[] = ['x-original-from', 'author']

/**
 * Who wrote a message: From, or Sender where there is no From. Where a list or a relay put its own address
 * into From, the author is looked for in the headers that keep the original, then under the same name in
 * Reply-To and Cc; who cannot be found is an account of that name at the relay's address, without an e-mail
 * claim, so that the people of a list never become one.
 */
export function authorOf(headers: HeaderBlock, list: MailingList | undefined): AccountMet | undefined {
  const from = firstOf(headers, 'from') ?? firstOf(headers, 'sender')
  if (!from) return undefined
  const borne = borneName(from, list)
  return borne === undefined ? accountOf(from) : behind(from, borne, headers, list)
}

/** The name somebody bears on an address that is not theirs; undefined where the address is the author's own. */
function borneName({ address, name }: Mailbox, list: MailingList | undefined): string | undefined {
  const via = VIA.exec(name.trim())?.[1]
  if (via !== undefined) return displayName(via) || via
  if (!list?.addresses.has(address)) return undefined
  const shown = displayName(name)
  const isListItself = shown === '' || fold(shown) === fold(list.channel.title ?? '')
  return isListItself && !name.includes('@') ? undefined : shown || name
}

function behind(
  relay: Mailbox,
  name: string,
  headers: HeaderBlock,
  list: MailingList | undefined,
): AccountMet {
  const isForeign = ({ address }: Mailbox) => address !== relay.address && !list?.addresses.has(address)
  const named = ({ name: other }: Mailbox) => fold(displayName(other)) === fold(name)

  const original = ORIGINALS.flatMap((header) => boxes(headers, header)).find(isForeign)
  if (original) return accountOf({ ...original, name: original.name || name })

  const plain = unmasked(name)
  const written = ADDRESS.exec(plain)?.[0]
  if (written) return accountOf({ address: written.toLowerCase(), name: plain.replace(/\S+@\S+/, ' ') })

  const answered = [...boxes(headers, 'reply-to'), ...boxes(headers, 'cc')].find(
    (box) => isForeign(box) && named(box),
  )
  if (answered) return accountOf(answered)

  const sender = boxes(headers, 'x-original-sender').find(isForeign)
  return sender ? accountOf({ ...sender, name }) : nameAt(relay.address, name)
}

function nameAt(address: string, name: string): AccountMet {
  return { key: accountKey('mail', `${address}#${fold(name)}`), names: [{ kind: 'display', value: name }] }
}

function firstOf(headers: HeaderBlock, name: HeaderName): Mailbox | undefined {
  return boxes(headers, name)[0]
}

function boxes(headers: HeaderBlock, name: HeaderName): readonly Mailbox[] {
  const value = headers.first(name)
  return value ? mailboxesIn(value) : []
}
