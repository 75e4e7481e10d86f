import { chmodSync, copyFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { build } from 'rolldown'
import { cheapBuiltins } from './cheap-builtins.ts'
import { entries } from './entries.ts'

/**
 * Packages that go into the bundle: those on the way of every query, where finding and reading their many files
 * would take most of the time. The others stay in `node_modules`.
 */
const BUNDLED = [
  '@oxc-project',
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

const bundled = new RegExp(`^(${BUNDLED.join('|')})(/|$)`)

await build({
  input: entries(),
  cwd: process.cwd(),
  platform: 'node',
  external: (id) => isPackage(id) && (!bundled.test(id) || id === 'pg-native'),
  plugins: [cheapBuiltins()],
  treeshake: { propertyReadSideEffects: false },
  transform: { target: 'node22.17' },
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    keepNames: true,
    minify: false,
  },
})

copyFileSync('etc/build/launcher.js', 'dist/skrode.js')
chmodSync('dist/skrode.js', 0o755)

function isPackage(id: string): boolean {
  return !/^[./]/.test(id) && !id.startsWith('node:') && !builtinModules.includes(id)
}
