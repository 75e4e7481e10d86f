import { stem } from 'porter2'
import { fold } from './text.ts'

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
const REMEMBERED_WORDS = 200_000

/** Letters, marks and digits of any script; an apostrophe counts inside a word. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’](?=\p{L})[\p{L}\p{M}]+)*/gu
/** Scripts written without spaces: every character is a word, and a word of several becomes a phrase. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const ASCII = /^[\x20-\x7e]*$/

/** What a word of a text became, remembered because texts repeat their words: the empty string for a stop word. */
const remembered = new Map<string, string>()

/**
 * The words of a text as they are indexed and searched, each with its 1-based position: folded, English ones
 * stemmed (Porter 2), stop words counted but not visited, at most 64 characters. The store and the query
 * language both read text through this function, so a word is found however it is spelled.
 */
export function eachLexeme(text: string, visit: (lexeme: string, position: number) => void): number {
  let position = 0
  for (const word of text.match(WORD) ?? []) {
    if (word.length > 1 && !ASCII.test(word) && UNSPACED.test(word)) {
      for (const character of word) visit(lexemeOf(character), ++position)
      continue
    }
    position++
    const lexeme = lexemeOf(word)
    if (lexeme) visit(lexeme, position)
  }
  return position
}

function lexemeOf(word: string): string {
  const known = remembered.get(word)
  if (known !== undefined) return known
  if (remembered.size >= REMEMBERED_WORDS) remembered.clear()

  const lexeme = toLexeme(word)
  remembered.set(word, lexeme)
  return lexeme
}

function toLexeme(word: string): string {
  const folded = fold(word).replaceAll('’', "'")
  if (STOP_WORDS.has(folded) || STOP_WORDS.has(folded.replace(/'.*/, ''))) return ''
  const stemmed = /^[a-z']+$/.test(folded) ? stem(folded) : folded
  return Array.from(stemmed).slice(0, LONGEST_WORD).join('')
}
