import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Mail to measure with, once as one file and once as a Maildir. */
export interface Corpus {
  readonly mbox: string
  readonly maildir: string
  readonly messages: number
}

const SEPARATOR = Buffer.from('\nFrom ')

/** Unpacks the list's archive into `folder`, and writes every message of it into a Maildir beside it. */
export function unpackLinuxMan(folder: string): Corpus {
  const mbox = join(folder, 'linux-man.mbox')
  execFileSync('xz', ['-dc', archive()], { stdio: ['ignore', openSync(mbox, 'w'), 'inherit'] })

  const maildir = join(folder, 'maildir')
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true })
  let messages = 0
  for (const message of messagesOf(readFileSync(mbox))) {
    writeFileSync(join(maildir, 'cur', `${messages++}.bench:2,S`), unquoted(message))
  }
  return { mbox, maildir, messages }
}

function archive(): string {
  const corpora =
    process.env['SKRODE_CORPORA'] ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url))
  const path = join(corpora, 'mail/linux-man/linux-man.mbox.xz')
  if (!existsSync(path))
    throw new Error(`expected ${path}: set SKRODE_CORPORA to the folder that holds the corpora`)
  return path
}

/** What stands between separator lines; this archive quotes every other line that begins with `From `. */
function* messagesOf(mbox: Buffer): Generator<Buffer> {
  for (let start = 0; start < mbox.length; ) {
    const next = mbox.indexOf(SEPARATOR, start)
    const end = next < 0 ? mbox.length : next + 1
    yield mbox.subarray(mbox.indexOf('\n', start) + 1, end)
    start = end
  }
}

function unquoted(message: Buffer): Buffer {
  return message.includes('\n>From ')
    ? Buffer.from(message.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1')
    : message
}
