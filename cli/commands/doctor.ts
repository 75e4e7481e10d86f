import { stateFolder } from '../../src/config/find.ts'
import { placeOf } from '../../src/database/place.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { config, database } from '../doctor/database.ts'
import type { Finding } from '../doctor/finding.ts'
import { diskSpace, permissions } from '../doctor/home-folder.ts'
import { clock, locale, node, postgresPackage } from '../doctor/machine.ts'
import { EXIT } from '../exit-code.ts'
import { type Styled, green, red, yellow } from '../styled.ts'

export default defineCommand({
  summary: 'Examine the machine, the config and the database, and say what to do',
  examples: [
    ['skrode doctor', 'the first thing to run when something does not work'],
    ['skrode doctor --json', 'for a report'],
  ],
  parse: () => undefined,
  async run(_input, context) {
    const findings = await examine(context)
    if (context.json) context.io.json(findings)
    else for (const finding of findings) print(finding, context)
    return findings.some(({ state }) => state === 'fail') ? EXIT.error : EXIT.ok
  },
})

async function examine(context: Context): Promise<Finding[]> {
  const { env, cwd, now } = context
  const home = stateFolder(env, cwd)
  const ofConfig = await config(context)
  return [
    node(),
    postgresPackage(),
    clock(now()),
    locale(env),
    await permissions(home),
    await diskSpace(placeOf(home).folder),
    ofConfig,
    // Without a config it is not known which database to look at.
    ...(ofConfig.state === 'fail' ? [] : await database(context)),
  ]
}

const MARKS: Readonly<Record<Finding['state'], Styled>> = {
  ok: green('ok  '),
  warn: yellow('warn'),
  fail: red('fail'),
}

function print({ state, about, found, remedy }: Finding, { io }: Context): void {
  io.out(MARKS[state], `  ${about.padEnd(10)}  ${found}`)
  if (remedy) io.out(`${' '.repeat(18)}${remedy}`)
}
