import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { stopEmbedded } from '../../src/database/embedded.ts'
import { ROOT, run } from '../support/command.ts'
import { temporaryHome } from '../support/home.ts'

const BUNDLE = join(ROOT, 'dist/skrode.js')

test('the demo reads the sample and shows a person with two personas, twice alike', async () => {
  expect(existsSync(BUNDLE), 'run npm run build').toBe(true)
  await using home = await homeOfDemo()

  const first = await demo(home.path)
  const second = await demo(home.path)

  expect(first).toMatchObject({ code: 0, err: expect.not.stringContaining('skrode:') })
  expect(first.out).toContain('68 stored, 0 already known')
  expect(first.out).toContain('21 stored, 0 already known')
  expect(accountsOfPersonas(first.out)).toEqual([
    [expect.stringMatching(/^atom\+user:.*#the slow tide$/), 'mail+user:hello@slowtide.example.net'],
    ['mail+user:priya.raghunathan@harbour-institute.example.org'],
  ])
  expect(first.out.match(/The sea has never once observed daylight saving/g)).toHaveLength(2)
  expect(first.out).toContain('npx skrode ingest mail ~/Maildir')

  expect(second).toMatchObject({ code: 0 })
  expect(card(second.out)).toEqual(card(first.out))
})

interface Card {
  readonly human: string
  readonly personas: readonly { readonly accounts: readonly Readonly<Record<string, unknown>>[] }[]
}

function accountsOfPersonas(out: string): unknown[][] {
  return card(out).personas.map(({ accounts }) => accounts.map((account) => account['foreign key']))
}

/** The YAML that whois printed. */
function card(out: string): Card {
  const [, document = ''] = /^---\n(.*?)\n\n/ms.exec(out) ?? []
  return parse(document)
}

/** The demo's server lives below the home that it is given. */
async function homeOfDemo(): Promise<AsyncDisposable & { readonly path: string }> {
  const home = await temporaryHome()
  return {
    path: home.path,
    async [Symbol.asyncDispose]() {
      await stopEmbedded(join(home.path, 'demo'))
      await home[Symbol.asyncDispose]()
    },
  }
}

function demo(home: string) {
  return run(process.execPath, [BUNDLE, 'demo'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: home, SKRODE_HOME: home, LANG: 'C.UTF-8' },
  })
}
