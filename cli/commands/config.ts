import type { Config } from '../../src/config/config.ts'
import { ConfigError } from '../../src/errors.ts'
import { defineCommand, defineGroup } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadIngester } from '../ingester-folder.ts'

const check = defineCommand({
  summary: 'Read the config and say everything that is wrong with it',
  examples: [
    ['skrode config check', 'the config that other commands would use'],
    ['skrode config check -c new.yml', 'another one'],
  ],
  parse: () => undefined,
  async run(_input, context) {
    try {
      const config = await context.config()
      await checkIngesters(config)
      return answer(context, config)
    } catch (error) {
      if (!context.json || !(error instanceof ConfigError)) throw error
      context.io.json({ file: null, problems: [error.message], warnings: [] })
      return EXIT.error
    }
  },
})

const show = defineCommand({
  summary: 'Print the config as it is understood, without its secrets',
  examples: [['skrode config show', 'what holds, defaults included']],
  parse: () => undefined,
  async run(_input, { io, json, config }) {
    const { describe } = await import('../../src/config/describe.ts')
    const shown = describe(await config())
    if (json) {
      io.json(shown)
    } else {
      const { stringify } = await import('yaml')
      io.out(stringify(shown).trimEnd())
    }
    return EXIT.ok
  },
})

export default defineGroup({ summary: 'Check or print the config', commands: { check, show } })

/** What each block says is checked by the ingester that reads it. */
async function checkIngesters({ ingesters, where }: Config): Promise<void> {
  for (const [name, block] of Object.entries(ingesters)) {
    const place = where(['ingesters', name])
    const ingester = await loadIngester(name).catch((error: Error) => {
      throw new ConfigError(place, error.message)
    })
    ingester.options(block, place)
  }
}

function answer({ io, json }: Context, { file, warnings }: Config): ExitCode {
  if (json) io.json({ file: file ?? null, problems: [], warnings })
  else io.out(file === undefined ? 'there is no config file, and none is needed' : `${file} is right`)
  return EXIT.ok
}
