import type { Context } from './context.ts'
import type { ExitCode } from './exit-code.ts'
import type { Given } from './given.ts'

/** One word (or several) that a command takes, in its order. */
export interface ArgumentSpec {
  /** `<name>` must be there, `[name]` may, and `...` behind the name takes all that follow: `<what...>`. */
  readonly syntax: string
  readonly about: string
  /** Where only these will do; also what `completion` offers. */
  readonly choices?: () => readonly string[]
}

/** One flag of a command. Read by its long name: `-l, --limit <n>` is `given.text('limit')`. */
export interface OptionSpec {
  /** `--exact` is on or off; `--service <key>` takes a value. */
  readonly flags: string
  readonly about: string
  /** Shown in the help as what happens without it; the value itself is up to `parse`. */
  readonly otherwise?: string
  /** Where only these will do; also what `completion` offers. */
  readonly choices?: () => readonly string[]
}

/** What a command file says about its command. */
export interface CommandSpec<Input> {
  /** One line for the overview; begins with a verb, no full stop. */
  readonly summary: string
  /** Paragraphs for `--help` that say what the options do not. */
  readonly details?: () => string | Promise<string>
  readonly arguments?: readonly ArgumentSpec[]
  readonly options?: readonly OptionSpec[]
  /** Whole lines that can be typed, each with what it does: `['skrode whois ann', 'everyone called Ann']`. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /** Reads what was typed into what `run` needs; throws `UsageError`. */
  parse(given: Given): Input
  /** Asks and prints. What it throws becomes one line on stderr and an exit code. */
  run(input: Input, context: Context): Promise<ExitCode>
}

/** A command with its input's type closed over. */
export interface Command extends Omit<CommandSpec<unknown>, 'parse' | 'run'> {
  readonly kind: 'command'
  start(given: Given, context: Context): Promise<ExitCode>
}

/** Commands behind one word, such as `db start` and `db stop`, in one file. */
export interface CommandGroup {
  readonly kind: 'group'
  readonly summary: string
  readonly commands: Readonly<Record<string, Command>>
}

/** A command. The file's default export; the file's name is the command's name. */
export function defineCommand<Input>({ parse, run, ...about }: CommandSpec<Input>): Command {
  return { kind: 'command', ...about, start: async (given, context) => run(parse(given), context) }
}

/** Several commands behind one word. */
export function defineGroup(group: Omit<CommandGroup, 'kind'>): CommandGroup {
  return { kind: 'group', ...group }
}
