import { defineCommand } from '../command.ts'
import { bashCompletion } from '../completion/bash.ts'
import { completable } from '../completion/completable.ts'
import { fishCompletion } from '../completion/fish.ts'
import { zshCompletion } from '../completion/zsh.ts'
import { EXIT } from '../exit-code.ts'
import { allCommands } from '../registry.ts'

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const

export default defineCommand({
  summary: 'Print a script that completes commands and options in a shell',
  arguments: [{ syntax: '<shell>', about: 'which shell', choices: () => Object.keys(SHELLS) }],
  examples: [
    ['source <(skrode completion bash)', 'in ~/.bashrc; likewise zsh in ~/.zshrc'],
    ['skrode completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  parse: (given) => ({ shell: given.argument('shell') }),
  async run({ shell }, { io }) {
    const commands = (await allCommands()).map(([name, command]) => completable(name, command))
    for (const [name, script] of Object.entries(SHELLS)) if (name === shell) io.out(script(commands))
    return EXIT.ok
  },
})
