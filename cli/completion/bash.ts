import { type Completable, beginnings, quoted } from './completable.ts'

/** The completion script for bash. */
export function bashCompletion(commands: readonly Completable[]): string {
  const after = beginnings(commands)
  const groups = [...after.keys()].filter((name) => name !== '')
  return `# skrode completion for bash: source <(skrode completion bash)
_skrode() {
  local current="\${COMP_WORDS[COMP_CWORD]}" name= words= word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in
      -c | --config) i=$((i + 1)) ;;
      -*) ;;
      *)
        case "$name" in
          '') name="$word" ;;
${groups.map((group) => `          ${quoted(group)}) name="$name $word" ;;`).join('\n')}
        esac
        ;;
    esac
  done
  case "$name" in
${[...after].map(([name, next]) => `    ${quoted(name)}) words=${quoted([...next.keys()].join(' '))} ;;`).join('\n')}
${commands.map((command) => `    ${quoted(command.name.join(' '))}) words=${quoted(wordsOf(command).join(' '))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _skrode skrode`
}

function wordsOf({ flags, choices }: Completable): string[] {
  return [...choices, ...flags.flatMap(({ short, long }) => [...(short ? [`-${short}`] : []), `--${long}`])]
}
