import { existsSync, readFileSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { placeOf } from './place.ts'
import { postmasterOf } from './postmaster.ts'

/** What there is to say about the embedded cluster of a home folder. */
export type EmbeddedStatus = { readonly folder: string } & (
  | { readonly state: 'absent' }
  | ({ readonly state: 'stopped' } & ClusterFacts)
  | ({ readonly state: 'starting' | 'running' | 'stopping' } & ClusterFacts & ServerFacts)
)

interface ClusterFacts {
  /** Postgres's major version. */
  readonly version: number
  /** What the data takes on the disk, its log of changes (WAL) included. */
  readonly sizeBytes: number
}

interface ServerFacts {
  readonly pid: number
  readonly since: Date
  /** The folder of its Unix socket. */
  readonly socket: string
}

/** Looks at the embedded cluster without starting it. */
export async function embeddedStatus(home: string): Promise<EmbeddedStatus> {
  const { folder, data, socket } = placeOf(home)
  if (!existsSync(data)) return { folder, state: 'absent' }
  const running = postmasterOf(data)
  const version = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10)
  const facts = { folder, version, sizeBytes: await sizeOf(data) }
  if (!running) return { ...facts, state: 'stopped' }
  const { pid, since, phase } = running
  return { ...facts, state: phase === 'ready' ? 'running' : phase, pid, since, socket }
}

/** Files come and go while the server runs; one that has gone takes nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      lstat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  return (await Promise.all(sizes)).reduce((total, size) => total + size, 0)
}
