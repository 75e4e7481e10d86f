import { type Plugin, pluginsIn } from '../folder.ts'

/**
 * The migrations of this program, oldest first; the last one's number is the schema's version. Their names alone are
 * read, which is all that opening an up-to-date database needs. Throws when a number is missing or there twice.
 */
export function migrationFiles(): Plugin[] {
  const files = pluginsIn('schema/migrations')
  for (const [at, { name }] of files.entries()) {
    if (Number.parseInt(name, 10) !== at + 1) throw new Error(`expected migration ${at + 1}, found ${name}`)
  }
  return files
}
