import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'rolldown'
import { cheapBuiltins } from './cheap-builtins.ts'
import { entries } from './entries.ts'

/**
 * Packages that go into the bundle: those on the way of every query, where finding and reading their many files
 * would take most of the time. The others stay in `node_modules`.
 */
const BUNDLED = [
  '@oxc-project/runtime',
  'commander',
  'pg',
  'pg-.*',
  'pgpass',
  'postgres-.*',
  'split2',
  'xtend',
  'porter2',
  'yaml',
  'zod',
]
/**
 * What is loaded together is kept together: each file more costs half a millisecond. The frame is on the way of
 * every command, the database of nearly every one; both take along what they import.
 */
const CHUNKS = [
  {
    name: 'frame',
    test: /\/cli\/(program|exit-code|command|styled|table|amount)\.ts$/,
    priority: 2,
  },
  {
    name: 'database',
    test: /\/src\/(config\/config|database\/open|record\/(text|key|id))\.ts$/,
    priority: 1,
  },
]

const IS_BUNDLED = new RegExp(`^(${BUNDLED.join('|')})(/|$)`)

/**
 * Bundles the program into a folder, as the same tree of plugins that the sources are. It takes the place of what was
 * there; a build that fails leaves that as it was.
 */
export async function bundle(folder: string): Promise<void> {
  const dir = `${folder}.unfinished`
  await build({
    input: entries(),
    platform: 'node',
    external: (id) => isPackage(id) && (!IS_BUNDLED.test(id) || id === 'pg-native'),
    plugins: [cheapBuiltins()],
    treeshake: { propertyReadSideEffects: false },
    transform: { target: 'node22.17' },
    output: {
      dir,
      cleanDir: true,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      codeSplitting: { groups: CHUNKS },
      keepNames: true,
      minify: false,
    },
  })
  copyFileSync('etc/build/launcher.js', join(dir, 'skrode.js'))
  chmodSync(join(dir, 'skrode.js'), 0o755)
  rmSync(folder, { recursive: true, force: true })
  renameSync(dir, folder)
}

function isPackage(id: string): boolean {
  return !/^[./]/.test(id) && !id.startsWith('node:') && !builtinModules.includes(id)
}
