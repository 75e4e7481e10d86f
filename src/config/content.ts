import { open, stat } from 'node:fs/promises'
import { ConfigError } from '../errors.ts'
import type { ConfigFile } from './find.ts'

/** A config file's text and permissions. */
export interface Content {
  readonly text: string
  /** As `stat` has it. */
  readonly mode: number
}

const LARGEST = 1024 * 1024

/** Reads a config file of at most 1 MiB of UTF-8. Throws `ConfigError` where that cannot be. */
export async function contentOf({ path, shown }: ConfigFile): Promise<Content> {
  try {
    const { mode, size } = await stat(path).then((found) => {
      // A pipe would keep us waiting for whoever writes to it.
      if (!found.isFile()) throw new ConfigError(shown, 'expected a file, found something else')
      return found
    })
    if (size > LARGEST) throw new ConfigError(shown, `expected at most 1 MiB, found ${size} bytes`)
    return { mode, text: decoded(await start(path, size), shown) }
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error && 'code' in error)) throw error
    throw new ConfigError(shown, `expected a readable file, found ${error.code}`)
  }
}

async function start(path: string, size: number): Promise<Buffer> {
  await using handle = await open(path)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0)
  return buffer.subarray(0, bytesRead)
}

function decoded(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ConfigError(shown, 'expected UTF-8, found other bytes')
  }
}
