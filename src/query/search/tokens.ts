import { unreadable } from './unreadable.ts'

/** A piece of a search query and where it stands: `at` counts UTF-16 units from 0, `end` is behind its last. */
export type Token = {
  readonly at: number
  readonly end: number
} & (
  | { readonly kind: '(' | ')' | '-' | 'or' }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
)

/** Longest query read, in characters; a person types a line, a program might send a book. */
const LONGEST_QUERY = 2000

const OPENING = /["“”„]/
const CLOSING = /["“”]/g
/** A word ends at white space, a bracket or a quotation mark. */
const WORD = /[^\s()"“”„]+/y
/** `from:` but not `http://`, `std::vector` or `12:30`. */
const FIELD = /(\p{L}+):(?!\/\/|:)/uy

/** Cuts a query into tokens. Throws `UsageError` with the place of a quotation mark that nothing closes. */
export function tokensOf(query: string): Token[] {
  if (query.length > LONGEST_QUERY) {
    throw unreadable(
      query.slice(0, 60),
      0,
      `expected at most ${LONGEST_QUERY} characters, found ${query.length}`,
    )
  }
  const tokens: Token[] = []
  for (let at = 0; at < query.length; ) {
    const token = tokenAt(query, at, tokens.at(-1))
    if (token) tokens.push(token)
    at = token?.end ?? at + 1
  }
  return tokens
}

function tokenAt(query: string, at: number, before: Token | undefined): Token | undefined {
  const first = query[at] ?? ''
  if (/\s/.test(first)) return undefined
  if (first === '(' || first === ')') return { kind: first, at, end: at + 1 }
  if (OPENING.test(first)) return phraseAt(query, at)

  const isValue = before?.kind === 'field' && before.end === at
  if (first === '-' && !isValue && isFreeStanding(query, at)) return { kind: '-', at, end: at + 1 }
  return (isValue ? undefined : fieldAt(query, at)) ?? wordAt(query, at, isValue)
}

/** `-word` leaves the word out; `a - b` and `a-b` do not. */
function isFreeStanding(query: string, at: number): boolean {
  return /^[\s(-]?$/.test(query.charAt(at - 1)) && /\S/.test(query.charAt(at + 1))
}

function phraseAt(query: string, at: number): Token {
  CLOSING.lastIndex = at + 1
  const close = CLOSING.exec(query)
  if (!close) throw unreadable(query, at, 'expected a quotation mark that closes this one, found the end')
  return { kind: 'phrase', text: query.slice(at + 1, close.index), at, end: close.index + 1 }
}

function fieldAt(query: string, at: number): Token | undefined {
  FIELD.lastIndex = at
  const [match, name] = FIELD.exec(query) ?? []
  return match && name ? { kind: 'field', name: name.toLowerCase(), at, end: at + match.length } : undefined
}

function wordAt(query: string, at: number, isValue: boolean): Token {
  WORD.lastIndex = at
  const text = WORD.exec(query)?.[0] ?? query.charAt(at)
  const end = at + text.length
  return !isValue && /^(or|\|\|?)$/i.test(text) ? { kind: 'or', at, end } : { kind: 'word', text, at, end }
}
