import type { Command, OptionSpec } from '../command.ts'
import { GLOBAL_OPTIONS } from '../command-line.ts'

/** What a shell can offer while a command is typed. */
export interface Completable {
  /** The words of its name: `['db', 'start']`. */
  readonly name: readonly string[]
  readonly summary: string
  readonly flags: readonly Flag[]
  /** What its arguments may be, where only some will do; files otherwise. */
  readonly choices: readonly string[]
}

/** One option in its spellings. */
export interface Flag {
  /** The letter of `-l`. */
  readonly short?: string
  /** The word of `--limit`. */
  readonly long: string
  readonly about: string
  readonly takesValue: boolean
}

/** What there is to offer for a command. */
export function completable(
  name: string,
  { summary, options = [], arguments: words = [] }: Command,
): Completable {
  return {
    name: name.split(' '),
    summary,
    flags: [...options, ...GLOBAL_OPTIONS, HELP].map(flagOf),
    choices: words.flatMap(({ choices }) => choices?.() ?? []),
  }
}

const HELP: OptionSpec = { flags: '-h, --help', about: 'print this' }

function flagOf({ flags, about }: OptionSpec): Flag {
  const [, short] = /(?:^|\s)-([a-zA-Z])\b/.exec(flags) ?? []
  const [, long = ''] = /--([a-z-]+)/.exec(flags) ?? []
  return { ...(short && { short }), long, about, takesValue: flags.includes('<') }
}

/** What may follow each beginning of a command line: after nothing every first word, after `db` its commands. */
export function beginnings(commands: readonly Completable[]): Map<string, Map<string, string>> {
  const next = new Map<string, Map<string, string>>()
  for (const { name, summary } of commands) {
    for (const [at, word] of name.entries()) {
      const before = name.slice(0, at).join(' ')
      const words = next.get(before) ?? new Map<string, string>()
      const isLast = at === name.length - 1
      if (isLast || !words.has(word)) words.set(word, isLast ? summary : `commands of ${word}`)
      next.set(before, words)
    }
  }
  return next
}

/** A text as one word of a shell, quotes and all; no text of ours holds anything else that needs it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
