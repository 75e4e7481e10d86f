import { UsageError } from '../../src/errors.ts'
import { type Page, search } from '../../src/query/search.ts'
import type { Hit } from '../../src/query/search/hits.ts'
import type { Snippet } from '../../src/query/search/snippet.ts'
import { moment } from '../amount.ts'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { bold, cyan, dim, type Part, yellow } from '../styled.ts'

export default defineCommand({
  summary: 'Find posts by their words, authors, places and dates',
  details: async () => (await import('../search-language.ts')).SEARCH_LANGUAGE,
  arguments: [{ syntax: '<query...>', about: 'words and conditions; quote the whole for the shell' }],
  options: [
    { flags: '-l, --limit <n>', about: 'print this many posts', otherwise: '10' },
    {
      flags: '--sort <order>',
      about: 'the best first, or the newest',
      choices: () => ['relevance', 'date'],
      otherwise: 'relevance',
    },
    { flags: '--after <cursor>', about: 'go on behind an earlier page, with what it ended with' },
    { flags: '--explain', about: 'say on stderr how the query was understood' },
  ],
  examples: [
    [`skrode search 'kernel "page fault" -swap'`, 'posts with the word and the phrase, without the third'],
    [
      `skrode search --sort date 'from:ann after:2024 (roof or garden)'`,
      'what Ann wrote of either, newest first',
    ],
    [`skrode search 'in:gardeners has:link on:last month'`, 'links of last month in one channel'],
  ],
  parse(given) {
    const words = given.words('query')
    const query = words.length === 1 ? words.join() : words.map(quotedAgain).join(' ')
    if (query.trim() === '') throw new UsageError('expected something to search for, found nothing')
    const after = given.text('after')
    return {
      query,
      sort: given.text('sort') === 'date' ? ('date' as const) : ('relevance' as const),
      limit: given.whole('limit', { otherwise: 10, atLeast: 1, atMost: 200 }),
      explain: given.flag('explain'),
      ...(after && { after }),
    }
  },
  async run({ query, explain, ...options }, { io, json, database, now }) {
    const page = await search(await database(), query, { ...options, now: now() })
    if (explain) io.err(`understood as: ${page.understood}`)
    else if (page.ignored.length > 0)
      io.note(`left out, as nearly every text holds it: ${page.ignored.join(', ')}`)

    if (json)
      io.json({ ...page, hits: page.hits.map((hit) => ({ ...hit, sentAt: hit.sentAt.toISOString() })) })
    else printed(page, io)
    if (page.hits.length > 0) return EXIT.ok
    io.err(`nothing matches ${query}`)
    return EXIT.nothing
  },
})

/** The shell took the quotation marks away: of several words, one that holds spaces was quoted. */
function quotedAgain(word: string): string {
  return /^[^"()]*\s[^"()]*$/.test(word) ? word.replace(/^(-?(?:\p{L}+:)?)(.*)$/su, '$1"$2"') : word
}

function printed({ hits, next }: Page, io: Io): void {
  for (const hit of hits) {
    io.out(dim(moment(hit.sentAt)), '  ', ...author(hit), ...place(hit))
    if (hit.title) io.out('  ', ...marked(hit.title, bold))
    io.out('  ', ...marked(hit.snippet))
    io.out('  ', dim(hit.key))
    io.out()
  }
  if (next) io.note(`there are more: --after ${next}`)
}

function author({ author }: Hit): Part[] {
  return author ? [bold(author.name), dim(` ${author.key}`)] : [dim('nobody known')]
}

function place({ channel }: Hit): Part[] {
  return channel ? [dim(' in '), cyan(channel.title)] : []
}

/** The sought words stand out on a terminal; a pipe gets the text alone. */
function marked({ text, marks }: Snippet, plain: (text: string) => Part = (text) => text): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const [start, end] of marks) {
    parts.push(plain(text.slice(at, start)), yellow(text.slice(start, end)))
    at = end
  }
  return [...parts, plain(text.slice(at))]
}
