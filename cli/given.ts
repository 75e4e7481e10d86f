import { UsageError } from '../src/errors.ts'

/** What was typed behind a command, read by name. */
export interface Given {
  /** A word that must be there. */
  argument(name: string): string
  /** A word that may be there. */
  optional(name: string): string | undefined
  /** All the words of `<name...>`. */
  words(name: string): readonly string[]
  /** Whether an on-or-off flag is on. */
  flag(name: string): boolean
  /** The value of an option, if given; the last one where it was given several times. */
  text(name: string): string | undefined
  /** Every value of an option, in order. */
  texts(name: string): readonly string[]
  /** A whole number; throws `UsageError` naming the option for anything else. */
  whole(name: string, limits: Limits): number
}

/** What a whole number may be, and what it is when not given. */
export interface Limits {
  readonly otherwise: number
  readonly atLeast: number
  readonly atMost?: number
}

/** Reads by name what the parser found: `words` by argument name, `options` by long name. */
export function givenFrom(
  words: ReadonlyMap<string, readonly string[]>,
  options: ReadonlyMap<string, boolean | readonly string[]>,
): Given {
  const texts = (name: string): readonly string[] => {
    const value = options.get(name)
    return typeof value === 'object' ? value : []
  }
  return {
    argument(name) {
      const [word] = words.get(name) ?? []
      if (word === undefined) throw new UsageError(`expected <${name}>, found nothing`)
      return word
    },
    optional: (name) => words.get(name)?.[0],
    words: (name) => words.get(name) ?? [],
    flag: (name) => options.get(name) === true,
    text: (name) => texts(name).at(-1),
    texts,
    whole: (name, limits) => wholeNumber(`--${name}`, texts(name).at(-1), limits),
  }
}

function wholeNumber(flag: string, text: string | undefined, { otherwise, atLeast, atMost }: Limits): number {
  if (text === undefined) return otherwise
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= atLeast && number <= (atMost ?? Number.MAX_SAFE_INTEGER)) return number
  const range = atMost === undefined ? `of ${atLeast} or more` : `from ${atLeast} to ${atMost}`
  throw new UsageError(`${flag}: expected a whole number ${range}, found ${text}`)
}
