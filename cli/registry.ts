import { UsageError } from '../src/errors.ts'
import { type Plugin, pluginsIn } from '../src/folder.ts'
import { type Command, type CommandGroup, defineCommand } from './command.ts'
import { firstWord } from './first-word.ts'

/** A command by its full name, such as `db start`, and the words that were typed around the name. */
export interface Found {
  readonly name: string
  readonly command: Command
  readonly words: readonly string[]
}

/** Imports the one command that the words name; throws `UsageError` where they name none. */
export async function findCommand(words: readonly string[]): Promise<Found> {
  const { word: name, rest } = firstWord(named(words))
  if (name === undefined) throw new UsageError('expected a command, found none')
  const entry = await load(name)
  return entry.kind === 'command' ? { name, command: entry, words: rest } : withinGroup(name, entry, rest)
}

/** Every command, imported, by full name. Slower than the one that is wanted: for help and completion. */
export async function allCommands(): Promise<(readonly [name: string, command: Command])[]> {
  const entries = await Promise.all(files().map(async (file) => [file.name, await imported(file)] as const))
  return entries.flatMap(([name, entry]) => {
    if (entry.kind === 'command') return [[name, entry] as const]
    return Object.entries(entry.commands).map(([sub, command]) => [`${name} ${sub}`, command] as const)
  })
}

/** `skrode --version` is `skrode version`; `skrode` and `skrode --help` are `skrode help`. */
function named(words: readonly string[]): readonly string[] {
  if (firstWord(words).word !== undefined) return words
  if (words.some(isVersion)) return ['version', ...words.filter((word) => !isVersion(word))]
  return ['help', ...words.filter((word) => word !== '--help' && word !== '-h')]
}

const isVersion = (word: string): boolean => word === '--version' || word === '-V'

async function load(name: string): Promise<Command | CommandGroup> {
  const file = files().find((command) => command.name === name)
  if (file) return imported(file)
  throw await unknown(
    name,
    Iterator.from(files()).map((command) => command.name),
  )
}

async function withinGroup(name: string, group: CommandGroup, words: readonly string[]): Promise<Found> {
  const { word, rest } = firstWord(words)
  if (word === undefined) return { name, command: alone(group), words }
  const command = Object.hasOwn(group.commands, word) ? group.commands[word] : undefined
  if (command) return { name: `${name} ${word}`, command, words: rest }
  throw await unknown(
    `${name} ${word}`,
    Object.keys(group.commands).map((sub) => `${name} ${sub}`),
  )
}

/** A group's name without the second word: good for `--help`, and wrong otherwise. */
function alone({ summary, commands }: CommandGroup): Command {
  const list = Object.entries(commands)
  return defineCommand({
    summary,
    arguments: [{ syntax: `<${Object.keys(commands).join('|')}>`, about: 'what to do' }],
    details: () => ['Commands:', ...list.map(([word, one]) => `  ${word}: ${one.summary}`)].join('\n'),
    examples: list.flatMap(([, { examples }]) => examples),
    parse: () => undefined,
    run: () => Promise.reject(new UsageError('expected a command, found none')),
  })
}

async function unknown(name: string, known: Iterable<string>): Promise<UsageError> {
  const { suggestion } = await import('../src/config/suggestion.ts')
  return new UsageError(`unknown command ${name}${suggestion(name, known)}`)
}

function files(): Plugin[] {
  return pluginsIn('cli/commands')
}

async function imported({ name, url }: Plugin): Promise<Command | CommandGroup> {
  const module: { readonly default?: unknown } = await import(url.href)
  if (isEntry(module.default)) return module.default
  throw new Error(`cli/commands/${name}: expected a command as default export`)
}

function isEntry(value: unknown): value is Command | CommandGroup {
  return typeof value === 'object' && value !== null && 'kind' in value && 'summary' in value
}
