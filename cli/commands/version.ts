import about from '../../package.json' with { type: 'json' }
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  summary: 'Print the version',
  examples: [['skrode version', 'the version of Skrode, and of the Node that runs it']],
  parse: () => undefined,
  run(_input, { io, json }) {
    const versions = { skrode: about.version, node: process.versions.node }
    if (json) io.json(versions)
    else io.out(`skrode ${versions.skrode} (node ${versions.node})`)
    return Promise.resolve(EXIT.ok)
  },
})
