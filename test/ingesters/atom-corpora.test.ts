import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { decode } from '../../ingesters/atom/charset.ts'
import { readDocument } from '../../ingesters/atom/document.ts'
import type { Entry, Feed } from '../../ingesters/atom/feed.ts'
import { oneLine } from '../../ingesters/atom/html.ts'
import atom from '../../ingesters/atom/index.ts'
import { UnreadableItem } from '../../src/errors.ts'
import { agrees, expectationsIn } from './atom-answers.ts'
import { disagreements } from './atom-disagreements.ts'
import { read } from './reading.ts'

const CORPORA =
  process.env['SKRODE_CORPORA'] ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url))
const FEEDS = join(CORPORA, 'feeds')
const NOW = new Date('2026-01-01T00:00:00Z')
const LONGEST_MS = 3000

const isAbsent = !existsSync(FEEDS)

test.skipIf(isAbsent)(
  'reads every file of the feed corpora (SKRODE_CORPORA) in bounded time, with as many items as it has entries',
  async () => {
    const problems: string[] = []
    for (const file of filesIn('')) {
      const bytes = await readFile(join(FEEDS, file))
      // The feeds that its lists name are on the Web, where a test has no business.
      if (await isList(bytes)) continue
      const started = performance.now()
      const { found } = await read(atom, { what: [join(FEEDS, file)] })
      const tookMs = performance.now() - started
      const wanted = entriesIn(bytes)
      const isSetAside = found.length === 1 && found[0] instanceof UnreadableItem
      if (tookMs > LONGEST_MS || (found.length !== wanted && !isSetAside))
        problems.push(`${file}: ${found.length} of ${wanted} items`)
    }
    expect(problems.filter((problem) => !disagreements.has(problem.replace(/:.*/, '')))).toEqual([])
  },
  120_000,
)

test.skipIf(isAbsent)('reads again none of the files of a suite that it read before', async () => {
  const what = filesIn('rss-parser/test/input').map((file) => join(FEEDS, file))
  const first = await read(atom, { what })
  expect(first.found.length).toBeGreaterThan(500)
  expect((await read(atom, { what }, { from: first.cursors })).found).toEqual([])
})

test.skipIf(isAbsent)(
  'agrees with the answers of the feedparser tests, the known disagreements aside',
  async () => {
    const answers = await Promise.all(filesIn('feedparser-tests').map(answersFor))
    const all = answers.flat()
    const wrong = all.filter(({ isRight }) => !isRight).map(({ file }) => file)
    expect(wrong.filter((file) => !disagreements.has(file))).toEqual([])
    expect({ compared: all.length, right: all.length - wrong.length }).toEqual({
      compared: 1269,
      right: 1239,
    })
  },
)

const Answer = z.object({
  title: z.string().optional(),
  link: z.string().optional(),
  links: z.array(z.object({ href: z.string(), rel: z.string().optional() })).optional(),
  guid: z.union([z.string(), z.object({ value: z.string() })]).optional(),
  id: z.string().optional(),
  isoDate: z.string().optional(),
})
const Answers = z.object({ items: z.array(Answer).optional(), entries: z.array(Answer).optional() })
const Answered = z.union([z.object({ feed: Answers }).transform(({ feed }) => feed), Answers])

test.skipIf(isAbsent)(
  'agrees with the JSON answers of the rss-parser and feedsmith suites on titles, links, ids and dates',
  async () => {
    const wrong: string[] = []
    let compared = 0
    for (const file of [...filesIn('rss-parser/test/output'), ...filesIn('feedsmith/src/feeds')]) {
      if (!file.endsWith('.json') || disagreements.has(file)) continue
      const { items, entries } = Answered.parse(JSON.parse(decode(await readFile(join(FEEDS, file)))))
      const ours = await feedOf(await readFile(join(FEEDS, questionFor(file))))
      for (const [at, answer] of (items ?? entries ?? []).entries()) {
        compared++
        const entry = ours.entries[at]
        const odd = !entry || entry instanceof UnreadableItem ? ['entry'] : differences(entry, answer)
        wrong.push(...odd.map((field) => `${file} ${at} ${field}`))
      }
    }
    expect(wrong).toEqual([])
    expect(compared).toBe(1246)
  },
)

function differences(entry: Entry, answer: z.infer<typeof Answer>): string[] {
  const link = answer.link ?? answer.links?.find(({ rel }) => !rel || rel === 'alternate')?.href
  const id = answer.id ?? (typeof answer.guid === 'string' ? answer.guid : answer.guid?.value)
  const when = (entry.published ?? entry.updated)?.toISOString()
  const title = answer.title && oneLine({ format: 'html', text: answer.title, base: undefined })
  return [
    ...(title && entry.title && oneLine(entry.title) !== title ? ['title'] : []),
    ...(link && entry.link !== URL.parse(link)?.href ? ['link'] : []),
    ...(id && entry.id !== id.trim() ? ['id'] : []),
    ...(answer.isoDate && when !== answer.isoDate ? ['date'] : []),
  ]
}

function questionFor(answer: string): string {
  const name = answer.replace('/output/', '/input/').replace(/json$/, '')
  const found = ['rss', 'atom', 'xml']
    .map((ending) => name + ending)
    .find((file) => existsSync(join(FEEDS, file)))
  return found ?? answer
}

/** What one feedparser test expects, and whether it is so; served from where that suite's own server would. */
async function answersFor(file: string): Promise<{ readonly file: string; readonly isRight: boolean }[]> {
  const bytes = await readFile(join(FEEDS, file))
  const text = decode(bytes)
  const header = (name: string) => new RegExp(`${name}:\\s*(\\S.*)`, 'i').exec(text)?.[1]
  const address = header('Content-Location') ?? `http://127.0.0.1:8097/${relative('feedparser-tests', file)}`
  const feed = await feedOf(withTitles(bytes), header('Content-type'), address)
  const plain = await feedOf(bytes, header('Content-type'), address)
  return expectationsIn(text).flatMap((expected) => {
    const asked = expected.path.includes('title') ? plain : feed
    const isRight = agrees(asked, expected)
    return isRight === undefined ? [] : [{ file, isRight }]
  })
}

/** Entries of that suite often have nothing but the field in question, which is too little to keep. */
function withTitles(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/<(entry|item)>/g, '$&<title>x</title>'), 'latin1')
}

async function feedOf(bytes: Buffer, contentType?: string, address?: string): Promise<Feed> {
  const read = await readDocument({ bytes, isCut: false, contentType, address }, NOW)
  if (!(read instanceof UnreadableItem) && read.kind === 'feed') return read.feed
  return {
    title: undefined,
    homepage: undefined,
    authors: [],
    editor: undefined,
    updated: undefined,
    entries: [],
  }
}

/** Counted without our parser: the start tags of entries outside comments and CDATA sections. */
function entriesIn(bytes: Buffer): number {
  const text = decode(bytes).replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, '')
  return text.match(/<([\w-]+:)?(item|entry)(?=[\s>/])/gi)?.length ?? 0
}

async function isList(bytes: Buffer): Promise<boolean> {
  const document = await readDocument({ bytes, isCut: false }, NOW)
  return document.kind === 'list'
}

function filesIn(folder: string): string[] {
  return readdirSync(join(FEEDS, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(FEEDS, join(entry.parentPath, entry.name)))
    .sort()
}
