import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from '../../etc/build/bundle.ts'
import { entries } from '../../etc/build/entries.ts'
import { testDatabase } from '../support/database.ts'

test('every plugin has a file of its own, and nothing of an earlier build is left', async () => {
  using dist = temporaryDist()
  writeFileSync(join(dist.path, 'old.js'), '')
  await bundle(dist.path)
  const files = readdirSync(dist.path, { recursive: true })
  expect(files).toEqual(expect.arrayContaining(Object.keys(entries()).map((entry) => `${entry}.js`)))
  expect(files).not.toContain('old.js')
})

test('the same sources make the same bundle', async () => {
  using one = temporaryDist()
  using other = temporaryDist()
  await bundle(one.path)
  await bundle(other.path)
  expect(digestOf(one.path)).toBe(digestOf(other.path))
})

test('the bundled program answers from a database', async () => {
  using dist = temporaryDist()
  await using database = await testDatabase()
  await bundle(dist.path)
  const status = run(dist.path, ['status', '--json'], { SKRODE_DATABASE_URL: database.url })
  expect(status.stderr).toBe('')
  expect(JSON.parse(status.stdout)).toMatchObject({ services: [], setAside: 0 })
})

test('the bundled program finds its commands and its ingesters', async () => {
  using dist = temporaryDist()
  await bundle(dist.path)
  expect(run(dist.path, ['help']).stdout).toContain('  ingest ')
  expect(run(dist.path, ['ingest', '--help']).stdout).toMatch(/Ingesters:\n +atom .*\n +mail /)
})

test.each(['12.22.12', '20.20.2', '22.16.0'])('Node %s is refused in words', async (version) => {
  using dist = temporaryDist()
  await bundle(dist.path)
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  const { status, stderr } = run(dist.path, ['version'], { NODE_OPTIONS: `--import=${preload}` })
  expect(status).toBe(1)
  expect(stderr).toContain(`skrode: expected Node 22.17 or newer, found ${version}\n`)
  expect(stderr).toContain('npx skrode')
})

test('the launcher holds nothing that Node 12 cannot parse', () => {
  const text = readFileSync('etc/build/launcher.js', 'utf8')
  expect(text).not.toMatch(/^import |\?\.|\?\?|\bawait\b|node:/m)
})

test('compiled code is kept in the cache folder of the owner', async () => {
  using dist = temporaryDist()
  await bundle(dist.path)
  run(dist.path, ['version'], { XDG_CACHE_HOME: join(dist.path, 'cache') })
  expect(readdirSync(join(dist.path, 'cache/skrode/compiled'))).not.toEqual([])
})

/** A folder beside `dist`, from where the packages that are not bundled are found as from there. */
function temporaryDist(): Disposable & { readonly path: string } {
  mkdirSync('node_modules/.cache', { recursive: true })
  const path = resolve(mkdtempSync('node_modules/.cache/skrode-dist-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function run(dist: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { encoding: 'utf8', cwd: dist, env: { PATH: process.env['PATH'], ...env } } as const
  return spawnSync(process.execPath, [join(dist, 'skrode.js'), ...words], options)
}

function digestOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const paths = files.map((file) => join(file.parentPath, file.name)).sort()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path.slice(folder.length)).update(readFileSync(path))
  return hash.digest('hex')
}
