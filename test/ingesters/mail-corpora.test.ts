import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { headersIn } from '../../ingesters/mail/header-block.ts'
import mail from '../../ingesters/mail/index.ts'
import { cutsOf } from '../../ingesters/mail/mbox-split.ts'
import { regularBody } from '../../ingesters/mail/regular-body.ts'
import { streamedBody } from '../../ingesters/mail/stream-body.ts'
import { type Answer, ourAnswer, stalwartAnswer } from './mail-answers.ts'
import { post } from './mail-room.ts'
import { read } from './reading.ts'

const CORPORA = join(
  process.env['SKRODE_CORPORA'] ?? join(import.meta.dirname, '../../../shared/corpora'),
  'mail',
)
const MBOXES = join(CORPORA, 'MimeKit/UnitTests/TestData/mbox')
const STALWART = join(CORPORA, 'stalwart-mail-parser/resources/eml')
const LONGEST_MS = 10_000
/** Where we mean to differ from mailparser. */
const DIFFERING_BODIES = [
  // Letters of a digest are messages (RFC 2046, 5.1.5), to us attachments; mailparser reads them as text.
  'multi-digest.msg',
  // Junk below the padding of base64: the sizes differ by a few bytes.
  'multi-frag.msg',
  'multipartdigestnestedemptyparts.msg',
  // A closing boundary without a line end: mailparser decodes it with the base64 above it.
  'badboundary.eml',
  // As multi-frag, and two digests.
  '000.eml',
  '004.eml',
  '007.eml',
]

describe.skipIf(!existsSync(CORPORA))('the mail corpora (skipped where SKRODE_CORPORA has none)', () => {
  test('every file goes through within its time, and a letter is one item', async () => {
    const wrong: string[] = []
    for (const path of files()) {
      const before = performance.now()
      const { found } = await read(mail, { what: [path] })
      if (performance.now() - before > LONGEST_MS) wrong.push(`${path} took too long`)
      if (/\.(eml|msg)$/.test(path) && found.length !== 1) wrong.push(`${path} gave ${found.length} items`)
    }
    expect(wrong).toEqual([])
  })

  test('only the letters without any header are set aside', async () => {
    const setAside: string[] = []
    for (const path of files().filter((path) => /\.(eml|msg)$/.test(path))) {
      const { found } = await read(mail, { what: [path] })
      if (found[0]?.kind === 'unreadable') setAside.push(path.slice(path.lastIndexOf('/') + 1))
    }
    expect(setAside).toEqual(['malformedHeader-noheader.msg', 'malformedHeaderStartsBody-noheader.msg'])
  })

  test('regular bodies are read as mailparser reads them', async () => {
    const differing: string[] = []
    for (const path of files().filter((path) => /\.(eml|msg)$/.test(path))) {
      const bytes = readFileSync(path)
      const headers = headersIn(bytes)
      const ours = regularBody(bytes.subarray(headers.bodyAt), headers)
      if (!ours || !bytes.includes(0x0a)) continue
      const theirs = await streamedBody(bytes)
      if (plain(theirs) !== plain(ours) && !theirs.text.includes('\ufffd'))
        differing.push(path.slice(path.lastIndexOf('/') + 1))
    }
    expect(differing).toEqual(DIFFERING_BODIES)
  })

  test.each(['content-length', 'issue1189'])(
    'the messages of %s.mbox begin where MimeKit finds them',
    async (name) => {
      const offsets = z.array(z.object({ mboxMarkerOffset: z.number() }))
      const expected = offsets.parse(
        JSON.parse(readFileSync(join(MBOXES, `${name}.unix-offsets.json`), 'utf8')),
      )
      const cuts = await Array.fromAsync(cutsOf(chunksOf(readFileSync(join(MBOXES, `${name}.mbox.txt`))), 0))
      expect(cuts.flat().map(({ start }) => start)).toEqual(
        expected.map(({ mboxMarkerOffset }) => mboxMarkerOffset),
      )
    },
  )

  test.each([
    [join(MBOXES, 'simple.mbox.txt'), 3],
    [join(MBOXES, 'unmunged.mbox.txt'), 2],
    [join(CORPORA, 'james-mime4j/mbox/src/test/resources/test-1/mbox.rlug'), 5],
  ])('%s holds %i messages', async (path, expected) => {
    expect((await read(mail, { what: [path] })).found).toHaveLength(expected)
  })

  test('stalwart’s answers are ours, but for what the documentation lists', async () => {
    const differing: Record<keyof Answer, number> = { subject: 0, from: 0, to: 0, id: 0, date: 0, text: 0 }
    for (const path of files().filter((path) => path.startsWith(STALWART) && path.endsWith('.eml'))) {
      const theirs = stalwartAnswer(path.replace(/eml$/, 'json'))
      const ours = ourAnswer(await post(readFileSync(path)))
      for (const key of ['subject', 'from', 'to', 'id', 'date', 'text'] as const)
        if (theirs[key] !== undefined && theirs[key] !== ours[key]) differing[key]++
    }
    expect(differing).toEqual({ subject: 7, from: 1, to: 0, id: 0, date: 1, text: 12 })
  })

  test('all of a real list arrives', async () => {
    const { found } = await read(mail, { what: [join(CORPORA, 'linux-man/linux-man.mbox.xz')] })
    const keys = new Set(found.map((item) => (item.kind === 'post' ? item.key : item.kind)))
    expect([found.length, keys.size, keys.has('unreadable')]).toEqual([17_885, 17_879, false])
  })
})

function files(): string[] {
  return readdirSync(CORPORA, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('linux-man'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
}

/** Mailparser puts the parts that we join by a line break apart by what it made of the others. */
function plain({
  text,
  html,
  attachments,
}: {
  text: string
  html: string
  attachments: readonly unknown[]
}): string {
  const words = text.replace(/^\ufeff|\s+/g, ' ').trim()
  return JSON.stringify([words, html.replace(/(<br\/>)?\s+/g, ' ').trim(), attachments])
}
