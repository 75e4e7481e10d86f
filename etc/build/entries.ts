import { globSync } from 'node:fs'

/**
 * What must keep a file of its own in `dist/`: plugins, which are found by reading their folder, workers, which
 * are started by their address, and `src/folder.ts`, which knows the root by where it stands itself.
 */
const ENTRIES = [
  'cli/main.ts',
  'cli/commands/*.ts',
  'ingesters/*.ts',
  'ingesters/*/index.ts',
  'ingesters/**/*-worker.ts',
  'schema/migrations/*.ts',
  'src/config/tags/*.ts',
  'src/folder.ts',
]

/** The entries of the bundle: their path without `.ts`, and with it. */
export function entries(): Record<string, string> {
  const files = globSync(ENTRIES).sort()
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), file]))
}
