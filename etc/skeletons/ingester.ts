import { readFile } from 'node:fs/promises'
import { ConfigError, UnreadableItem } from '../../src/errors.ts'
import { type Sighting, defineIngester } from '../../src/ingest/ingester.ts'
import { accountKey, postKey } from '../../src/record/key.ts'
import type { PostSeen } from '../../src/record/observation.ts'
import { cleanName, cleanText } from '../../src/record/text.ts'
import { linksIn } from '../../src/record/url.ts'

/** Copy this to `ingesters/<name>/index.ts` and say what it reads. This one reads files of lines: id, time, author, text. */
interface Options {
  readonly what: readonly string[]
}

export default defineIngester<Options>({
  about: 'notes: files of lines with id, time, author and text, between tabs',

  options({ what }, where) {
    if (!isListOfPaths(what)) throw new ConfigError(`${where}.what`, 'needs a list of files')
    return { what }
  },

  async *read({ what }, { signal, cursor, progress }) {
    for (const file of what) {
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
      const begin = Number((await cursor(file)) ?? 0)
      for (const [index, line] of lines.entries()) {
        if (signal.aborted) return
        if (index < begin) continue
        yield sighting(line, file, index)
        progress({ what: file, done: index + 1, total: lines.length, unit: 'items' })
      }
    }
  },
})

/** The cursor is the number of lines that are stored once this one is. */
function sighting(line: string, file: string, index: number): Sighting {
  return { found: toPost(line), upTo: { stream: file, value: String(index + 1) } }
}

/** A line as a post. Pure, so that it can be tested with a line. */
export function toPost(line: string): PostSeen | UnreadableItem {
  const [id, time, author, text] = line.split('\t')
  const sentAt = new Date(time ?? '')
  if (!id || !author || text === undefined)
    return new UnreadableItem('expected four fields, found fewer', line)
  if (Number.isNaN(sentAt.getTime())) return new UnreadableItem(`expected a time, found ${time}`, line)

  return {
    kind: 'post',
    key: postKey('notes', id),
    author: { key: accountKey('notes', author), names: [{ kind: 'handle', value: cleanName(author) }] },
    sentAt,
    sentAtFrom: 'sent',
    asOf: sentAt,
    text: cleanText(text),
    receivers: [],
    relations: [],
    links: linksIn(text),
    attachments: [],
    raw: Buffer.from(line),
  }
}

function isListOfPaths(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((path) => typeof path === 'string')
}
