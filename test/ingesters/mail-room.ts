import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UnreadableItem } from '../../src/errors.ts'
import type { PostSeen } from '../../src/record/observation.ts'
import mail from '../../ingesters/mail/index.ts'
import { postOf } from '../../ingesters/mail/post.ts'
import { type Cursors, type ReadOptions, read } from './reading.ts'

/** A temporary folder to lay mail into. */
export interface MailRoom extends AsyncDisposable {
  readonly path: string
  write(name: string, content: string | Uint8Array): Promise<string>
}

export const NOW = new Date('2030-01-01T00:00:00Z')

export async function mailRoom(): Promise<MailRoom> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'skrode-mail-')))
  return {
    path,
    async write(name, content) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
      return file
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  }
}

/** Reads a place and tells subjects of posts and reasons of what is unreadable, with the cursors to go on from. */
export async function subjects(
  path: string,
  from: Cursors = new Map(),
  options: ReadOptions = {},
): Promise<{ readonly subjects: readonly string[]; readonly cursors: Cursors }> {
  const { found, cursors } = await read(mail, { what: [path] }, { ...options, from })
  const told = found.map((item) =>
    item.kind === 'post' ? (item.title ?? '') : 'reason' in item ? item.reason : item.kind,
  )
  return { subjects: told, cursors }
}

/** One message as an mbox holds it. */
export function inMbox(word: string, body = `The ${word} letter.`): string {
  return `From ann@example.org Mon Jul  1 11:26:47 2019\n${letter(word, body)}\n`
}

/** One plain message from Ann to Bob. */
export function letter(word: string, body = `The ${word} letter.`): string {
  return `From: Ann <ann@example.org>\nTo: Bob <bob@example.net>\nDate: Mon, 1 Jul 2019 11:26:47 +0000\nMessage-ID: <${word}@example.org>\nSubject: ${word}\n\n${body}\n`
}

/** The post that a message becomes; throws where it is unreadable. */
export async function post(message: string | Uint8Array, cameAt?: Date): Promise<PostSeen> {
  const found = await postOf({ bytes: Buffer.from(message), ...(cameAt && { cameAt: () => cameAt }) }, NOW)
  if (found instanceof UnreadableItem) throw new Error(found.reason)
  return found
}

/** The post of a message with these header lines and a short body. */
export function postWith(...headers: readonly string[]): Promise<PostSeen> {
  return post(`${headers.join('\n')}\n\nHello.\n`)
}
