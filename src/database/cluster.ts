import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { ROLE } from './embedded-connection.ts'
import { type ServerAccount, assertNamedUser, giveTo, isRoot, shareWith } from './owner.ts'
import { type Place, accountOf } from './place.ts'
import { clearAfterKill } from './postmaster.ts'
import { runProgram } from './program.ts'

const UNFINISHED = 'data-unfinished-'

/**
 * Texts are UTF-8 and compared by code point, with Unicode's rules for case: an order that no update of the
 * system's or ICU's collations can change under an index.
 */
const INITDB = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  // What a letter is, pg_trgm asks the system: in the C locale only ASCII has letters, and no other name is found by a part.
  `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
  '--data-checksums',
]

/** Makes the folder of a cluster, in which the lock lies. Several processes may do so at once. */
export function makeFolder({ folder }: Place): void {
  makeEnterable(dirname(folder), isRoot() ? 0o711 : 0o700)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** Makes what the server needs of folders, for itself and its owner alone. Resolves to the user it runs as. */
export function prepareFolder(place: Place): ServerAccount {
  const { folder, log, socket } = place
  const account = accountOf(place)
  shareWith(account, folder, folder)
  chmodSync(folder, isRoot() ? 0o710 : 0o700)
  for (const own of [log, socket]) {
    if (!existsSync(own)) mkdirSync(own, { mode: 0o700 })
    // A command that was killed here has left it to root.
    if (isRoot() && lstatSync(own).uid === 0) giveTo(account, own)
  }
  return account
}

/** Root's server runs as another user, who has to pass, whatever root's umask is. */
function makeEnterable(folder: string, mode: number): void {
  if (existsSync(folder)) return
  makeEnterable(dirname(folder), mode)
  mkdirSync(folder, { recursive: true, mode })
  chmodSync(folder, mode)
}

/**
 * Makes the data folder unless there is one. It appears whole or not at all: it is made under another name, and what
 * a killed run has left there is removed. Throws when the data is of another major version of Postgres.
 */
export async function makeData(
  place: Place,
  binaries: Binaries,
  account: ServerAccount,
  signal?: AbortSignal,
): Promise<void> {
  await removeUnfinished(place, signal)
  if (existsSync(place.data)) return assertVersion(place, binaries)

  assertPlainPath(place)
  assertNamedUser()
  const unfinished = await mkdtemp(join(place.folder, UNFINISHED))
  giveTo(account, unfinished)
  await runProgram(binaries.initdb, ['-D', unfinished, '-U', ROLE, '--auth=peer', ...INITDB], account, signal)
  await rename(unfinished, place.data)
  await using folder = await open(place.folder)
  await folder.sync()
}

/** The initdb of a killed run may still be at work there. It ends when the server that it runs is ended. */
async function removeUnfinished({ folder }: Place, signal: AbortSignal | undefined): Promise<void> {
  for (const name of readdirSync(folder).filter((found) => found.startsWith(UNFINISHED))) {
    await clearAfterKill(join(folder, name), signal)
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Postgres's initdb puts its own path into a shell command, between double quotes. */
function assertPlainPath({ folder }: Place): void {
  if (!/["$`\\\n]/.test(folder)) return
  throw new Error(
    `expected a folder for the database without quotes, $, backslashes and line ends, found ${folder}`,
  )
}

function assertVersion({ data }: Place, { major }: Binaries): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (found === String(major)) return
  throw new Error(
    `the database in ${data} was made by PostgreSQL ${found}, and this skrode brings ${major}: ` +
      'export it with the skrode that made it, move the folder away, and import it with this one',
  )
}
