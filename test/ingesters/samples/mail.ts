import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sample } from '../sample.ts'

/** An mbox of three messages beside a Maildir of two; a Maildir of three whose second file is no mail. */
const sample: Sample = {
  good: async (folder) => {
    const mbox = join(folder, 'garden.mbox')
    await copyFile(new URL('../../fixtures/mail/garden.mbox', import.meta.url), mbox)
    const maildir = await maildirOf(join(folder, 'Mail'), [letter('first'), letter('second')])
    return { what: [mbox, maildir] }
  },
  items: 5,
  bad: async (folder) => ({
    what: [await maildirOf(join(folder, 'Mail'), [letter('first'), 'this is no mail\n', letter('third')])],
  }),
  badItems: { good: 2, bad: 1 },
  requiredKey: 'what',
}

export default sample

async function maildirOf(path: string, letters: readonly string[]): Promise<string> {
  for (const name of ['cur', 'new', 'tmp']) await mkdir(join(path, name), { recursive: true })
  for (const [at, text] of letters.entries())
    await writeFile(join(path, 'new', `156197320${at}.M1P1.host`), text)
  return path
}

function letter(word: string): string {
  return `From: Ann <ann@example.org>\nTo: Bob <bob@example.net>\nDate: Mon, 1 Jul 2019 11:26:47 +0000\nMessage-ID: <${word}@example.org>\nSubject: The ${word}\n\nThe ${word} letter.\n`
}
