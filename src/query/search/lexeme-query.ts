import { eachLexeme } from '../../record/lexemes.ts'
import { fold } from '../../record/text.ts'

/** A lexeme that a post must hold; with `prefix`, one that begins so. */
export interface Sought {
  readonly lexeme: string
  readonly prefix: boolean
}

/** What a word or a phrase asks of the index. */
export interface LexemeQuery {
  /** In the syntax of Postgres' `tsquery` type, in which every lexeme is quoted. */
  readonly tsquery: string
  readonly sought: readonly Sought[]
}

/**
 * Words as the index holds them, read as the store reads texts: several are a phrase, in which stop words keep
 * their place. Undefined where nothing of it is indexed.
 */
export function lexemeQuery(text: string, prefix: boolean): LexemeQuery | undefined {
  const [, head = '', open] = prefix ? (/^(.*?)([\p{L}\p{N}\p{M}]+)$/su.exec(text) ?? []) : [text, text]
  const parts: Part[] = []
  const words = eachLexeme(head, (lexeme, position) => parts.push(whole(lexeme, position)))
  if (open) parts.push(beginning(open, words + 1))
  if (parts.length === 0) return undefined
  return { tsquery: joined(parts), sought: parts.flatMap(({ sought }) => sought) }
}

interface Part {
  readonly tsquery: string
  readonly position: number
  readonly sought: readonly Sought[]
}

function whole(lexeme: string, position: number): Part {
  return { tsquery: quoted(lexeme), position, sought: [{ lexeme, prefix: false }] }
}

/** Indexed words are stems: `running*` also means the `run` of "running". */
function beginning(word: string, position: number): Part {
  const start = fold(word)
  const sought: Sought[] = [{ lexeme: start, prefix: true }]
  eachLexeme(word, (lexeme) => {
    if (!lexeme.startsWith(start)) sought.push({ lexeme, prefix: false })
  })
  const forms = sought.map(({ lexeme, prefix }) => quoted(lexeme) + (prefix ? ':*' : ''))
  return { tsquery: forms.length === 1 ? forms.join('') : `(${forms.join(' | ')})`, position, sought }
}

/** Farther apart than positions reach (`MAXENTRYPOS` of `ts_type.h`), words cannot be told to follow each other. */
const FARTHEST = 16_383

function joined(parts: readonly Part[]): string {
  return parts
    .map(({ tsquery, position }, at) => {
      const before = parts[at - 1]
      return before ? ` <${Math.min(position - before.position, FARTHEST)}> ${tsquery}` : tsquery
    })
    .join('')
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`
}
