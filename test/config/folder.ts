import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, loadConfig } from '../../src/config/config.ts'

/** A temp folder with files in it, which goes with the test. */
export async function folderWith(files: Readonly<Record<string, string>>) {
  const path = await mkdtemp(join(tmpdir(), 'skrode-config-'))
  for (const [name, content] of Object.entries(files))
    await writeFile(join(path, name), content, { mode: 0o600 })
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Loads a config of the given text from a folder of its own, with no environment but what is given. */
export async function load(text: string, env: NodeJS.ProcessEnv = {}): Promise<Config> {
  await using folder = await folderWith({ 'config.yml': text })
  return await loadConfig({ cwd: folder.path, env: { HOME: folder.path, ...env } })
}

/** What loading a config of the given text complains of, one line each. */
export async function complaints(text: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  return load(text, env).then(
    () => [],
    (error: Error) => error.message.split('\n'),
  )
}
