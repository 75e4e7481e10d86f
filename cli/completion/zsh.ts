import { type Completable, beginnings, quoted } from './completable.ts'

/** The completion script for zsh. */
export function zshCompletion(commands: readonly Completable[]): string {
  const after = beginnings(commands)
  const groups = [...after.keys()].filter((name) => name !== '')
  return `#compdef skrode
# skrode completion for zsh: source <(skrode completion zsh), or a file _skrode in a folder of $fpath
_skrode() {
  local name='' word i
  local -a offers
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
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
${[...after].map(([name, next]) => branch(name, [...next])).join('\n')}
${commands.map((command) => branch(command.name.join(' '), offersOf(command))).join('\n')}
  esac
  _describe 'skrode' offers
  case "$name" in
${[...after.keys()].map((name) => `    ${quoted(name)}) ;;`).join('\n')}
    *) _files ;;
  esac
}
compdef _skrode skrode`
}

type Offer = readonly [word: string, about: string]

function branch(name: string, offers: readonly Offer[]): string {
  const list = offers.map(([word, about]) => quoted(`${word.replaceAll(':', '\\:')}:${about}`))
  return `    ${quoted(name)}) offers=(${list.join(' ')}) ;;`
}

function offersOf({ flags, choices }: Completable): Offer[] {
  return [
    ...choices.map((choice) => [choice, ''] as const),
    ...flags.flatMap(({ short, long, about }) => [
      ...(short ? [[`-${short}`, about] as const] : []),
      [`--${long}`, about] as const,
    ]),
  ]
}
