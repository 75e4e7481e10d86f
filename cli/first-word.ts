/** The first word of a command line that is no option, and everything around it. */
export interface FirstWord {
  /** Absent where there are only options. */
  readonly word?: string
  readonly rest: readonly string[]
}

/** Global options that take the word behind them. */
const TAKE_A_VALUE = new Set(['-c', '--config'])

/** Takes the command's name out of the words, so that global options may stand before it as well. */
export function firstWord(words: readonly string[]): FirstWord {
  let index = 0
  while (words[index]?.startsWith('-')) index += TAKE_A_VALUE.has(words[index] ?? '') ? 2 : 1
  const word = words[index]
  return word === undefined ? { rest: words } : { word, rest: words.toSpliced(index, 1) }
}
