import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytes } from '../amount.ts'
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts'

/** The folder of everything that Skrode keeps: whether it can be written to, and by its owner alone. */
export async function permissions(home: string): Promise<Finding> {
  const folder = await nearest(home)
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    return fail('home', `${home}: ${reasonOf(error)}`, 'make it yours, or choose another with SKRODE_HOME')
  }
  if (folder !== home) return ok('home', `${home} does not exist yet and can be made`)
  const { mode } = await stat(home)
  if ((mode & 0o022) === 0) return ok('home', `${home} can be written by its owner alone`)
  return warn('home', `${home} can be written by others`, `run chmod go-w ${home}`)
}

/** A database that cannot grow stops, and below this it soon will. */
const LITTLE = 2_000_000_000
const NEXT_TO_NOTHING = 200_000_000

/** The space that is left where the home folder is. */
export async function diskSpace(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearest(home))
  const free = bavail * bsize
  const found = `${bytes(free)} free for ${home}`
  if (free > LITTLE) return ok('disk', found)
  const remedy = 'make room, or move it with SKRODE_HOME'
  return free > NEXT_TO_NOTHING ? warn('disk', found, remedy) : fail('disk', found, remedy)
}

/** A folder, or the next one above it that exists. */
async function nearest(folder: string): Promise<string> {
  const exists = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return exists || folder === dirname(folder) ? folder : nearest(dirname(folder))
}
