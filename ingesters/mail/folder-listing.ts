import type { Dirent } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { headersIn } from './header-block.ts'
import type { Letter } from './letter-cursor.ts'
import { isMbox } from './mbox-split.ts'
import { packingOf } from './unpack.ts'

/** What a folder holds, each in the order of names. */
export interface Listing {
  readonly letters: readonly Letter[]
  /** Mboxes, packed files and letters too large to be held. */
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** Names that say by themselves that a file is one message: .eml, .msg, and the numbers of MH folders. */
const LETTER_NAME = /^(?:.*\.(?:eml|msg)|\d+)$/i
const MAILDIR = new Set(['cur', 'new', 'tmp'])
const LARGE = 16 * 1024 * 1024
const SNIFFED = 4096

/** Lists a folder: a Maildir by its `cur` and `new` (https://cr.yp.to/proto/maildir.html), any other by what its files look like. */
export async function listingOf(path: string): Promise<Listing> {
  const entries = (await readdir(path, { withFileTypes: true })).sort(byName)
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (names.includes('cur') && names.includes('new')) {
    const folders = names.filter((name) => !MAILDIR.has(name)).map((name) => join(path, name))
    return { letters: await maildirLetters(path), files: [], folders }
  }
  return { ...(await looseFiles(path, entries)), folders: names.map((name) => join(path, name)) }
}

/** The letters of a Maildir. Reading or flagging one renames it; what stands before `:2,` stays, and so do its bytes. */
async function maildirLetters(path: string): Promise<Letter[]> {
  const letters = new Map<string, Letter>()
  for (const folder of ['new', 'cur']) {
    const entries = await readdir(join(path, folder), { withFileTypes: true })
    for (const entry of entries.filter(isVisibleFile)) {
      const id = entry.name.replace(/[:;!]2,[A-Za-z]*$/, '')
      letters.set(id, { id, stamp: id, path: join(path, folder, entry.name), ...deliveredAt(id) })
    }
  }
  return [...letters.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The name of a Maildir file begins with the second of its delivery. */
function deliveredAt(id: string): { cameAt?: () => Date } {
  const seconds = /^(\d{9,10})\./.exec(id)?.[1]
  return seconds ? { cameAt: () => new Date(Number(seconds) * 1000) } : {}
}

async function looseFiles(folder: string, entries: readonly Dirent[]): Promise<Omit<Listing, 'folders'>> {
  const letters: Letter[] = []
  const files: string[] = []
  for (const { name } of entries.filter(isVisibleFile)) {
    const path = join(folder, name)
    const { size, mtimeMs } = await stat(path)
    const kind = size > LARGE ? 'file' : LETTER_NAME.test(name) ? 'letter' : await kindOf(path)
    if (kind === 'letter') letters.push({ id: name, stamp: `${name}\0${size}\0${mtimeMs}`, path })
    if (kind === 'file' && (LETTER_NAME.test(name) || (await kindOf(path)) === 'file')) files.push(path)
  }
  return { letters, files }
}

/** Files of other names are taken for mail only where they begin like it, or cannot be opened to tell. */
async function kindOf(path: string): Promise<'file' | 'letter' | undefined> {
  return sniffed(path).catch(() => 'file')
}

async function sniffed(path: string): Promise<'file' | 'letter' | undefined> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED), 0, SNIFFED, 0)
  const head = buffer.subarray(0, bytesRead)
  if (isMbox(head) || packingOf(head) !== 'plain') return 'file'
  return looksLikeMail(head) ? 'letter' : undefined
}

function looksLikeMail(head: Buffer): boolean {
  const headers = headersIn(head)
  const names = ['from', 'to', 'subject', 'date', 'message-id', 'received'] as const
  return names.filter((name) => headers.first(name) !== undefined).length >= 2
}

function isVisibleFile(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.')
}

function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : 1
}
