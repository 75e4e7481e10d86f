import { chmodSync, copyFileSync } from 'node:fs'
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
const IS_BUNDLED = new RegExp(`^(${BUNDLED.join('|')})(/|$)`)

/** Bundles the program into a folder, as the same tree of plugins that the sources are, and removes what was there. */
export async function bundle(dir: string): Promise<void> {
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
      keepNames: true,
      minify: false,
    },
  })
  copyFileSync('etc/build/launcher.js', join(dir, 'skrode.js'))
  chmodSync(join(dir, 'skrode.js'), 0o755)
}

function isPackage(id: string): boolean {
  return !/^[./]/.test(id) && !id.startsWith('node:') && !builtinModules.includes(id)
}
