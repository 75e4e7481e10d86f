import { defineCommand } from '../command.ts'
import { GLOBAL_OPTIONS, helpOf } from '../command-line.ts'
import { EXIT } from '../exit-code.ts'
import { type Part, bold } from '../styled.ts'
import { allCommands, findCommand } from '../registry.ts'

export default defineCommand({
  summary: 'Print what there is, or how to use one command',
  arguments: [{ syntax: '[command...]', about: 'the command to explain' }],
  examples: [
    ['skrode help', 'every command'],
    ['skrode help ingest', 'one command, with examples'],
  ],
  parse: (given) => ({ words: given.words('command') }),
  async run({ words }, { io }) {
    if (words.length > 0) io.out(await helpOf(await findCommand(words), io.stdout.columns))
    else for (const line of await overview()) io.out(...line)
    return EXIT.ok
  },
})

async function overview(): Promise<Part[][]> {
  const commands = (await allCommands()).map(([name, { summary }]) => [name, summary] as const)
  const options = GLOBAL_OPTIONS.map(({ flags, about }) => [flags, about] as const)
  return [
    ['Skrode, an exocortex: everything you read and everyone you talk to, on your own machine.'],
    [],
    ['Usage: skrode <command> [options]'],
    [],
    [bold('Commands:')],
    ...columns(commands),
    [],
    [bold('Options of every command:')],
    ...columns([...options, ['-h, --help', 'how to use a command, with examples']]),
    [],
    ['Start with: skrode ingest --help'],
  ]
}

function columns(rows: readonly (readonly [left: string, right: string])[]): Part[][] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => [`  ${left.padEnd(width)}  ${right}`])
}
