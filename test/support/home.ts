import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { stopEmbedded } from '../../src/database/embedded.ts'

/** A home folder of its own for one test, inside the run's. Its server is stopped and its files removed at the end. */
export async function temporaryHome(): Promise<AsyncDisposable & { readonly path: string }> {
  const homes = join(inject('testServer').home, 'homes')
  await mkdir(homes, { recursive: true, mode: 0o755 })
  const path = await mkdtemp(join(homes, 'home-'))
  chmodSync(path, 0o755)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await stopEmbedded(path)
      await rm(path, { recursive: true, force: true })
    },
  }
}
