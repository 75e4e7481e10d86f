import { eachLexeme } from '../../record/lexemes.ts'
import type { Sought } from './lexeme-query.ts'

/** A piece of a text, on one line and without control characters. */
export interface Snippet {
  /** With `…` where it was cut. */
  readonly text: string
  /** The words that were sought: from, and behind the last unit of, each. */
  readonly marks: readonly (readonly [start: number, end: number])[]
}

/** One sought word in a text. */
interface Place {
  readonly start: number
  readonly end: number
  /** Which of the sought it is. */
  readonly which: number
}

/** How much of a text is read for its best place; a post of a megabyte is a dump. */
const READ = 200_000
/** How many characters a snippet has at most, but for the marks and its last word. */
const LONG = 240
/** How much stands before the first mark. */
const BEFORE = 60

/** The piece of a text that holds most of the sought words; its beginning where it holds none. */
export function snippetOf(text: string, sought: readonly Sought[], length = LONG): Snippet {
  const shown = text.slice(0, READ)
  const places = placesIn(shown, sought)
  const first = densest(places, length - BEFORE)
  const from = first === undefined ? 0 : wordStart(shown, first.start - BEFORE)
  const to = wordEnd(shown, from + length)
  return cleaned(text, from, to, places)
}

/** Whether any sought word stands in a text. */
export function mentions(text: string, sought: readonly Sought[]): boolean {
  return placesIn(text.slice(0, READ), sought).length > 0
}

function placesIn(text: string, sought: readonly Sought[]): Place[] {
  const places: Place[] = []
  eachLexeme(text, (lexeme, _position, start, end) => {
    const which = sought.findIndex((one) =>
      one.prefix ? lexeme.startsWith(one.lexeme) : lexeme === one.lexeme,
    )
    if (which >= 0) places.push({ start, end, which })
  })
  return places
}

/** Where a window of this length that starts with a sought word holds the most different ones, then the most. */
function densest(places: readonly Place[], length: number): Place | undefined {
  let best: { place: Place; score: number } | undefined
  for (const [at, place] of places.entries()) {
    const inside = places.slice(at, at + 50).filter(({ end }) => end <= place.start + length)
    const score = new Set(inside.map(({ which }) => which)).size * 100 + inside.length
    if (!best || score > best.score) best = { place, score }
  }
  return best?.place
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.slice(at, at + 30).search(/\s/)
  return at + space + 1
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length
  const rest = text.slice(at, at + 30).search(/\s/)
  return at + Math.max(0, rest)
}

/** White space, control characters and direction marks become one space, and the marks move with the text. */
function cleaned(text: string, from: number, to: number, places: readonly Place[]): Snippet {
  const marks: [number, number][] = []
  let out = from > 0 ? '…' : ''
  let at = from
  const add = (end: number): void => {
    const piece = text
      .slice(at, end)
      .replace(/[\s\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    out += out === '' || out.endsWith(' ') ? piece.replace(/^ /, '') : piece
    at = end
  }
  for (const { start, end } of places) {
    if (start < at || end > to) continue
    add(start)
    const begin = out.length
    add(end)
    marks.push([begin, out.length])
  }
  add(to)
  return { text: out.trimEnd() + (to < text.length ? '…' : ''), marks }
}
