import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readCommandLine } from '../cli/command-line.ts'
import { findCommand } from '../cli/registry.ts'
import { ROOT } from './support/command.ts'

const PAGES = globSync(['*.md', 'etc/docs/**/*.md'], { cwd: ROOT }).toSorted()

test.each(PAGES)('every command that %s shows is one', async (page) => {
  for (const line of commandsIn(page)) {
    const found = await findCommand(words(line))
    expect(/[<[]/.test(line) || readCommandLine(found).kind === 'given').toBe(true)
  }
})

test.each(PAGES)('every link of %s to a file leads somewhere', (page) => {
  const targets = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
    ([, target]) => target ?? '',
  )
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([])
})

test.each(PAGES)('every npm script that %s names is there', (page) => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  )
  const named = [...textOf(page).matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script ?? '')
  expect(named.filter((script) => !(script in manifest.scripts))).toEqual([])
})

/** What stands behind `skrode` in blocks of code, one line each. Of `skrode whois [options] <pattern...>` only the name counts. */
function commandsIn(page: string): string[] {
  const blocks = [...textOf(page).matchAll(/^```(?:sh|console)?\n(.*?)^```/gms)].map(
    ([, block]) => block ?? '',
  )
  return blocks
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?skrode (.*)$/.exec(line)?.[1] ?? [])
}

function words(line: string): string[] {
  const bare = line
    .replace(/ +#.*$/, '')
    .replace(/ [|>] .*$/, '')
    .trim()
  return [...bare.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
}

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}
