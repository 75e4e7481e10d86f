import { Argument, Command as Parser, CommanderError, Option } from 'commander'
import { UsageError } from '../src/errors.ts'
import type { ArgumentSpec, OptionSpec } from './command.ts'
import { type Given, givenFrom } from './given.ts'
import type { Found } from './registry.ts'

/** Options that every command takes, before its name or behind it. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '-c, --config <file>', about: 'read this config file' },
  { flags: '--json', about: 'answer in JSON' },
  { flags: '--no-color', about: 'print without colours' },
  { flags: '-q, --quiet', about: 'leave out remarks and progress' },
  { flags: '-v, --verbose', about: 'say more, such as the cause of an error' },
]

/** The heading over what every command takes. */
const EVERYWHERE = 'Options of every command:'

/** A command line, read: what was typed, or that help was asked for. */
export type Reading = { readonly kind: 'given'; readonly given: Given } | { readonly kind: 'help' }

/** Reads what stands around a command's name; throws `UsageError` for what the command does not take. */
export function readCommandLine(found: Found): Reading {
  const parser = parserOf(found)
  try {
    parser.parse(found.words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return { kind: 'help' }
    throw new UsageError(plainly(error.message))
  }
  const words = wordsOf(parser)
  for (const argument of found.command.arguments ?? []) checkChoices(argument, words)
  return { kind: 'given', given: givenFrom(words, optionsOf(parser)) }
}

/** What `--help` of a command prints. */
export async function helpOf(found: Found, columns: number): Promise<string> {
  const { command } = found
  const help = parserOf(found).configureHelp({ helpWidth: columns }).helpInformation()
  const examples = command.examples.map(([line, does]) => `  ${line}\n      ${does}`).join('\n')
  const details = await command.details?.()
  return [help.trimEnd(), details, examples && `Examples:\n${examples}`].filter(Boolean).join('\n\n')
}

/** One line: how a command is called. */
export function usageOf({ name, command }: Found): string {
  const words = command.arguments ?? []
  return ['skrode', name, '[options]', ...words.map(({ syntax }) => syntax)].join(' ')
}

function parserOf({ name, command }: Found): Parser {
  const parser = new Parser(`skrode ${name}`)
    .description(command.summary)
    .addHelpOption(new Option('-h, --help', 'print this').helpGroup(EVERYWHERE))
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
  for (const { syntax, about } of command.arguments ?? []) parser.addArgument(new Argument(syntax, about))
  for (const option of command.options ?? []) parser.addOption(optionOf(option))
  for (const option of GLOBAL_OPTIONS) parser.addOption(optionOf(option).helpGroup(EVERYWHERE))
  return parser
}

function optionOf({ flags, about, otherwise, choices }: OptionSpec): Option {
  const option = new Option(flags, otherwise === undefined ? about : `${about} (otherwise ${otherwise})`)
  if (option.required) {
    option.argParser((value: string, before: readonly string[] = []) => [
      ...before,
      choices ? oneOf(choices(), value, `--${option.name()}`) : value,
    ])
  }
  return option
}

function checkChoices(
  { syntax, choices }: ArgumentSpec,
  words: ReadonlyMap<string, readonly string[]>,
): void {
  if (!choices) return
  for (const word of words.get(nameIn(syntax)) ?? []) oneOf(choices(), word, syntax)
}

function oneOf(choices: readonly string[], value: string, what: string): string {
  if (choices.includes(value)) return value
  throw new UsageError(`${what}: expected ${choices.join(', ')}, found ${value}`)
}

/** commander's complaints, worded like ours. */
function plainly(message: string): string {
  return message.replace(/^error: /, '').replace(/\n\(Did (.*)\)$/, ' (did $1)')
}

function wordsOf({ args, registeredArguments }: Parser): Map<string, readonly string[]> {
  return new Map(
    registeredArguments.map((argument, index) => [
      argument.name(),
      argument.variadic ? args.slice(index) : args.slice(index, index + 1),
    ]),
  )
}

function nameIn(syntax: string): string {
  return syntax.replace(/^[<[]|(\.\.\.)?[>\]]$/g, '')
}

function optionsOf(parser: Parser): Map<string, boolean | readonly string[]> {
  const values: Readonly<Record<string, unknown>> = parser.opts()
  return new Map(
    parser.options.map((option) => [option.name(), valueOf(values[option.attributeName()], option)]),
  )
}

/** commander keeps `--no-color` as `color: false`; here it is on, by its own name, once given. */
function valueOf(value: unknown, { negate }: Option): boolean | readonly string[] {
  if (Array.isArray(value)) return value.filter((text) => typeof text === 'string')
  return negate ? value === false : value === true
}
