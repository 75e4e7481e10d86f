import { hash } from 'node:crypto'
import libmime from 'libmime'
import { UnreadableItem } from '../../src/errors.ts'
import { accountKey, postKey } from '../../src/record/key.ts'
import type { AccountMet, PostSeen, Receiver } from '../../src/record/observation.ts'
import { cleanText, withoutControls } from '../../src/record/text.ts'
import { linksIn } from '../../src/record/url.ts'
import { authorOf } from './author.ts'
import type { Body } from './body.ts'
import { type HeaderBlock, headersIn } from './header-block.ts'
import { linksOfHtml } from './html-links.ts'
import { accountOf, mailboxesIn } from './mailboxes.ts'
import { mailingListOf } from './mailing-list.ts'
import { madeUpId, messageId, threadOf } from './message-ids.ts'
import { ownWords } from './own-words.ts'
import { bodyOf } from './read-body.ts'
import { type SentAt, sentAt } from './sent-at.ts'

/** One message as its mailbox holds it. */
export interface Message {
  /** The message, or the beginning of one that is too large to be held. */
  readonly bytes: Buffer
  /** Where the mailbox itself says when the message came: the mbox `From ` line, the name of a Maildir file. */
  readonly cameAt?: () => Date | undefined
}

const LONGEST_RAW = 1024 * 1024
const LONGEST_TEXT = 1_000_000
const LONGEST_TITLE = 2000
const MOST_RECEIVERS = 1000
const MOST_LINKS = 200

/** A message as a post, or what is wrong with it. The same bytes give the same post at any time. */
export async function postOf({ bytes, cameAt }: Message, now: Date): Promise<PostSeen | UnreadableItem> {
  const unified = bytes.includes(0x0a)
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll('\r', '\n'), 'latin1')
  const headers = headersIn(unified)
  if (headers.count === 0) return unreadable(bytes.length === 0 ? 'is empty' : 'has no mail header', bytes)
  try {
    const body = await bodyOf(unified, headers)
    const text = cleanText((await wordsOf(body)).slice(0, LONGEST_TEXT))
    return compose(headers, { ...body, text }, rawOf(bytes), sentAt(headers, cameAt, now))
  } catch (cause) {
    return unreadable(
      `has a body that cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      bytes,
    )
  }
}

/** A message that cannot be read, with as much of it as is kept. */
export function unreadable(what: string, bytes: Buffer): UnreadableItem {
  return new UnreadableItem(`wanted a mail message, found one that ${what}`, rawOf(bytes))
}

function rawOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, LONGEST_RAW)
}

function compose(headers: HeaderBlock, body: Body, raw: Buffer, sent: SentAt): PostSeen {
  const list = mailingListOf(headers)
  const author = authorOf(headers, list)
  const title = titleOf(headers.first('subject') ?? '')
  const words = ownWords(body.text)
  const id =
    messageId(headers) ?? madeUpId([author?.key ?? '', headers.first('date') ?? '', title, body.text])
  return {
    kind: 'post',
    ...keysOf(id, author, sent, title),
    ...(author && { author }),
    ...(list && { channel: list.channel }),
    ...sent,
    asOf: sent.sentAt,
    ...(title && { title }),
    text: words.text,
    ...(words.quoted && { quoted: words.quoted }),
    ...(words.signature && { signature: words.signature }),
    ...audienceAndThread(headers, id, author),
    links: linksOf(words.text, body.html),
    attachments: body.attachments,
    raw,
  }
}

function titleOf(subject: string): string {
  return withoutControls(subject.includes('=?') ? libmime.decodeWords(subject) : subject).slice(
    0,
    LONGEST_TITLE,
  )
}

/** A Message-ID that another message already has is told from it by author, date and subject. */
function keysOf(id: string, author: AccountMet | undefined, sent: SentAt, title: string) {
  const date = sent.sentAtFrom === 'sent' ? sent.sentAt.toISOString() : ''
  const identity = hash('sha256', [author?.key ?? '', date, bareSubject(title)].join('\n'))
  return { key: postKey('mail', id), identity, keyIfTaken: postKey('mail', `${id}#${identity.slice(0, 12)}`) }
}

/** Lists put their tag before the subject, so the copy that came through one differs from the one that did not. */
function bareSubject(title: string): string {
  return title
    .replace(/\[[^\]]*\]|\b(?:re|aw|sv|fwd?):/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

function audienceAndThread(headers: HeaderBlock, id: string, author: AccountMet | undefined) {
  const receivers = receiversOf(headers)
  const isMet = (address: string) => {
    const key = accountKey('mail', address)
    return author?.key === key || receivers.some(({ account }) => account.key === key)
  }
  const { parent, ancestors } = threadOf(headers, id, isMet)
  const relations = parent ? [{ kind: 'reply' as const, to: parent }] : []
  return { receivers, relations, ancestors }
}

/** Everybody once, the first header that names them deciding how. Resent-To and its like tell of the forwarding, not of the post. */
function receiversOf(headers: HeaderBlock): Receiver[] {
  const found = new Map<string, Receiver>()
  for (const kind of ['to', 'cc', 'bcc'] as const) {
    for (const mailbox of headers.all(kind).flatMap(mailboxesIn)) {
      if (found.size >= MOST_RECEIVERS) return [...found.values()]
      if (!found.has(mailbox.address)) found.set(mailbox.address, { kind, account: accountOf(mailbox) })
    }
  }
  return [...found.values()]
}

/** What there is to read: the plain text, or else the HTML, whose converter is loaded when it is first needed. */
async function wordsOf({ text, html }: Body): Promise<string> {
  if (html === '' || text.trim() !== '') return text
  const { htmlWords } = await import('./html-words.ts')
  return htmlWords(html)
}

function linksOf(text: string, html: string): string[] {
  const inText = text.includes('://') ? linksIn(text) : []
  if (html === '') return inText
  return [...new Set([...inText, ...linksOfHtml(html)])].slice(0, MOST_LINKS)
}
