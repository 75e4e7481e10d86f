import { globSync } from 'node:fs'

/**
 * What must keep a file of its own in `dist/`: plugins, which are found by reading their folder, and workers, which
 * are started by their address.
 */
const ENTRIES = [
  'cli/main.ts',
  'cli/commands/*.ts',
  'ingesters/*.ts',
  'ingesters/*/index.ts',
  'ingesters/**/*-worker.ts',
  'schema/migrations/*.ts',
  'src/store/*-worker.ts',
  'src/config/tags/*.ts',
]

/** The entries of the bundle: their path without `.ts`, and with it. */
export function entries(): Record<string, string> {
  const files = globSync(ENTRIES).sort()
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), file]))
}
