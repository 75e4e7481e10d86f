import { realpathSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from '../../src/errors.ts'
import { defineIngester } from '../../src/ingest/ingester.ts'
import { readPlace } from './folder.ts'
import { postOf } from './post.ts'

interface Options {
  /** Real paths of mail files and folders. */
  readonly what: readonly string[]
}

const paths = z.array(z.string().min(1)).nonempty()

export default defineIngester<Options>({
  about: 'mail: mbox files (also .gz and .xz), Maildir, folders of messages',

  options(block, where) {
    const { success, data } = paths.safeParse(block['what'])
    if (!success)
      throw new ConfigError(`${where}.what`, 'wanted the paths of mail files or folders, found none')
    return { what: data.map((path) => realPath(path, `${where}.what`)) }
  },

  async *read({ what }, run) {
    for (const path of what) if (!run.signal.aborted) yield* readPlace(path, run)
  },

  reread: (raw) => postOf({ bytes: Buffer.from(raw) }, new Date()),
})

function realPath(path: string, where: string): string {
  try {
    return realpathSync(path)
  } catch {
    throw new ConfigError(where, `wanted a file or folder that is there, found none at ${path}`)
  }
}
