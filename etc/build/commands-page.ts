import type { Command, OptionSpec } from '../../cli/command.ts'
import { GLOBAL_OPTIONS, usageOf } from '../../cli/command-line.ts'
import { EXIT, type ExitCode } from '../../cli/exit-code.ts'
import { allCommands } from '../../cli/registry.ts'

const MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.ok]: 'done',
  [EXIT.error]:
    'it could not be done: the config, the database, the network or a source is wrong; stderr says what',
  [EXIT.usage]: 'the command line is wrong: an unknown option, a missing word, a query that cannot be read',
  [EXIT.nothing]: 'the question was understood, and nobody or nothing matched',
  [EXIT.interrupted]: 'Ctrl-C, after stopping cleanly',
  [EXIT.terminated]: 'SIGTERM, after stopping cleanly',
}

/** `etc/docs/commands.md`, from the commands themselves. */
export async function commandsPage(): Promise<string> {
  const commands = await allCommands()
  const sections = await Promise.all(commands.map(([name, command]) => sectionOf(name, command)))
  return `# Commands

Written by \`npm run commands\` from the commands themselves. Data goes to stdout; remarks, progress and complaints go
to stderr. Whatever comes from outside is printed without control characters, to a terminal and to a pipe alike.
Colours are for a terminal; \`NO_COLOR\`, \`FORCE_COLOR\` and \`--no-color\` decide otherwise.

## Options of every command

They may stand before the command's name or behind it.

${optionTable([...GLOBAL_OPTIONS, { flags: '-h, --help', about: 'how to use the command, with examples' }])}

## How it ends

| status | means |
|---|---|
${Object.values(EXIT)
  .map((code) => `| ${code} | ${MEANINGS[code]} |`)
  .join('\n')}

The first Ctrl-C stops a command cleanly: what it has stored stays, and the same command goes on from there. The second
stops it at once, which costs nothing that was stored either. A reader that closes the pipe early, such as \`head\`, is
no failure.

${sections.join('\n\n')}
`
}

async function sectionOf(name: string, command: Command): Promise<string> {
  const { summary, arguments: words = [], options = [], examples } = command
  const details = await command.details?.()
  const taken = [...words.map(({ syntax, about }) => ({ flags: syntax, about })), ...options]
  return [
    `## skrode ${name}`,
    `${summary}.`,
    `\`\`\`\n${usageOf({ name, command, words: [] })}\n\`\`\``,
    taken.length > 0 && optionTable(taken),
    details && `\`\`\`text\n${details}\n\`\`\``,
    `\`\`\`sh\n${examples.map(([line, does]) => `${line}  # ${does}`).join('\n')}\n\`\`\``,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function optionTable(options: readonly OptionSpec[]): string {
  const rows = options.map(({ flags, about, otherwise }) => {
    const without = otherwise === undefined ? '' : ` (otherwise ${otherwise})`
    return `| \`${flags.replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')}${without} |`
  })
  return ['| option | does |', '|---|---|', ...rows].join('\n')
}
