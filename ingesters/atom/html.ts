import { compile } from 'html-to-text'
import { Parser } from 'htmlparser2'
import { cleanText } from '../../src/record/text.ts'
import { linksIn, normalUrl } from '../../src/record/url.ts'
import type { Markup } from './feed.ts'
import { absolute } from './xml.ts'

/** What a reader sees of a text, and where it points. */
export interface Readable {
  readonly text: string
  /** What the text repeats of others, in block quotations. */
  readonly quoted: string | undefined
  /** Normalised, each once. */
  readonly links: readonly string[]
}

/** Longer entries are cut here: a book, in characters of HTML. */
const LONGEST = 1_000_000
const MOST_LINKS = 200
const DEEPEST = 500

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const limits = { maxDepth: 100, maxChildNodes: 20_000, maxBaseElements: 200 }
const selectors = [
  { selector: 'a', options: { ignoreHref: true } },
  ...['img', 'script', 'style', 'template', 'head', 'noscript'].map((selector) => ({
    selector,
    format: 'skip',
  })),
  ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
]
const ownWords = compile({
  wordwrap: false,
  limits,
  baseElements: { selectors: [] },
  selectors: [...selectors, { selector: 'blockquote', format: 'skip' }],
})
const quotations = compile({
  wordwrap: false,
  limits,
  baseElements: { selectors: ['blockquote'], orderBy: 'occurrence', returnDomByDefault: false },
  selectors: [...selectors, { selector: 'blockquote', format: 'block' }],
})

/** Turns a text of either format into what a person reads; it takes time in proportion to its length. */
export function readable(markup: Markup): Readable {
  const text = markup.text.slice(0, LONGEST)
  if (markup.format === 'plain') return plain(text)
  const hrefs = hrefsIn(text, markup.base)
  if (!hrefs) return plain(text.replace(/<[^<>]*>/g, ' '))

  const own = cleanText(ownWords(text)).trim()
  const quoted = /<blockquote/i.test(text) ? cleanText(quotations(text)).trim() : ''
  const links = new Set([...hrefs, ...linksIn(own), ...linksIn(quoted)])
  return { text: own, quoted: quoted || undefined, links: [...links].slice(0, MOST_LINKS) }
}

/** A title: one line, however it was marked up. */
export function oneLine(markup: Markup): string {
  const short = { ...markup, text: markup.text.slice(0, 10_000) }
  const { text, quoted } = readable(short)
  return (text || quoted || '').replace(/\s+/g, ' ').slice(0, 2000).toWellFormed()
}

function plain(text: string): Readable {
  return { text: cleanText(text).trim(), quoted: undefined, links: linksIn(text) }
}

/** Undefined for HTML that is nested so deeply that parsing it takes time with the square of its length. */
function hrefsIn(html: string, base: string | undefined): Set<string> | undefined {
  const found = new Set<string>()
  let depth = 0
  let isTooDeep = false
  const parser = new Parser({
    onopentag(name, attributes) {
      isTooDeep ||= ++depth > DEEPEST
      if (isTooDeep) parser.pause()
      const url =
        name === 'a' && found.size < MOST_LINKS && normalUrl(absolute(attributes['href'], base) ?? '')
      if (url) found.add(url)
    },
    onclosetag() {
      depth--
    },
  })
  parser.write(html)
  return isTooDeep ? undefined : found
}
