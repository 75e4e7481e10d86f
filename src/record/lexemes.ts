import { stem } from 'porter2'
import { fold } from './text.ts'
import { WordTable } from './word-table.ts'

/** English words that stand in nearly every text: they count as a position and are not indexed (Postgres' english.stop). */
const STOP_WORDS = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
  it its itself they them their theirs themselves what which who whom this that these those am is are was were be
  been being have has had having do does did doing a an the and but if or because as until while of at by for with
  about against between into through during before after above below to from up down in out on off over under again
  further then once here there when where why how all any both each few more most other some such no nor not only
  own same so than too very s t can will just don should now`.split(/\s+/),
)

const LONGEST_WORD = 64

/** Letters, marks and digits of any script; an apostrophe counts inside a word. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}[\p{L}\p{N}\p{M}]*)*/uy
/** Scripts written without spaces: every character is a word, and a word of several becomes a phrase. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const APOSTROPHE = 39

/** 1 for ASCII letters, 2 for digits, 0 for what stands between words. */
const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[a-z]/i.test(character) ? 1 : /\d/.test(character) ? 2 : 0
})

/** What each word became, remembered because texts repeat their words; the empty string for a stop word. */
const plain = new WordTable(toLexeme)
const others = new Map<string, string>()
const MOST_OTHERS = 100_000

/**
 * The words of a text as they are indexed and searched, each with its 1-based position: folded, English ones
 * stemmed (Porter 2), stop words counted but not visited, at most 64 characters. The store and the query language
 * both read text through this function, so a word is found however it is spelled. `start` and `end` enclose the word
 * in the text. Answers how many words there are.
 */
export function eachLexeme(
  text: string,
  visit: (lexeme: string, position: number, start: number, end: number) => void,
): number {
  let position = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code < 128 && KIND[code] === 0) {
      at++
      continue
    }
    const end = endOfPlainWord(text, at)
    if (end > at) {
      position++
      const lexeme = plain.get(text, at, end)
      if (lexeme) visit(lexeme, position, at, end)
      at = end
      continue
    }
    const word = otherWord(text, at)
    for (const part of word && UNSPACED.test(word) ? word : [word]) {
      if (part === '') continue
      position++
      const lexeme = otherLexeme(part)
      if (lexeme) visit(lexeme, position, at, at + part.length)
      at += part.length
    }
    if (word === '') at++
  }
  return position
}

/** Where the word that starts here ends, or `start` itself if it has characters beyond ASCII. */
function endOfPlainWord(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 128) return start
    if (KIND[code] !== 0) continue
    if (code !== APOSTROPHE || at === start) break
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0
    if (next >= 128) return start
    if (KIND[next] !== 1) break
  }
  return at
}

function otherWord(text: string, start: number): string {
  WORD.lastIndex = start
  return WORD.exec(text)?.[0] ?? ''
}

function otherLexeme(word: string): string {
  const known = others.get(word)
  if (known !== undefined) return known
  if (others.size >= MOST_OTHERS) others.clear()
  const lexeme = toLexeme(word)
  others.set(word, lexeme)
  return lexeme
}

function toLexeme(word: string): string {
  const folded = fold(word).replaceAll('’', "'")
  if (STOP_WORDS.has(folded) || STOP_WORDS.has(folded.replace(/'.*/, ''))) return ''
  const stemmed = /^[a-z']+$/.test(folded) && folded.length <= LONGEST_WORD ? stem(folded) : folded
  return Array.from(stemmed).slice(0, LONGEST_WORD).join('')
}
