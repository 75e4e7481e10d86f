import { type Completable, type Flag, beginnings, quoted } from './completable.ts'

/** The completion script for fish. */
export function fishCompletion(commands: readonly Completable[]): string {
  const words = [...beginnings(commands)].flatMap(([before, next]) => {
    const condition = before === '' ? '__fish_use_subcommand' : within(before, [...next.keys()])
    return [...next].map(([word, about]) => offer(condition, `-f -a ${quoted(word)} -d ${quoted(about)}`))
  })
  return [
    '# skrode completion for fish: skrode completion fish | source',
    ...words,
    ...commands.flatMap(offersOf),
  ].join('\n')
}

/** After the group's name, and before a command of it. */
function within(group: string, commands: readonly string[]): string {
  const seen = '__fish_seen_subcommand_from'
  return `${seen} ${group}; and not ${seen} ${commands.join(' ')}`
}

function offersOf({ name, flags, choices }: Completable): string[] {
  const condition = name.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
  const words = choices.length > 0 ? [offer(condition, `-a ${quoted(choices.join(' '))}`)] : []
  return [...words, ...flags.map((flag) => offer(condition, spelled(flag)))]
}

function spelled({ short, long, about, takesValue }: Flag): string {
  return [short && `-s ${short}`, `-l ${long}`, takesValue && '-r', `-d ${quoted(about)}`]
    .filter(Boolean)
    .join(' ')
}

function offer(condition: string, what: string): string {
  return `complete -c skrode -n ${quoted(condition)} ${what}`
}
