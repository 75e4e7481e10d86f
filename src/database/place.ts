import { createHash } from 'node:crypto'
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type ServerAccount, accountForServer, isRoot } from './owner.ts'

/** Where one embedded cluster lives. */
export interface Place {
  /** Everything of the cluster: `data`, `log`, settings, the server's programs and the lock. */
  readonly folder: string
  readonly data: string
  readonly log: string
  /** The folder of the Unix socket. */
  readonly socket: string
}

/** Where the cluster of `root` lives when its home is a folder that only root may enter. */
const FOR_ROOT = '/var/lib/skrode'

/** A socket's path has 108 bytes on Linux and 104 on macOS (unix(7), unix(4)), the last of them 0. */
const LONGEST_SOCKET = 103

/**
 * Where the cluster of a home folder lives, made already or not: in `<home>/postgres`. For root, whose server runs
 * as another user, that holds only where this user can get there; else it is a folder of `/var/lib/skrode`.
 */
export function placeOf(home: string): Place {
  const near = join(resolve(home), 'postgres')
  if (!isRoot() || existsSync(join(near, 'data'))) return placeIn(near)
  const far = join(FOR_ROOT, nameFor(resolve(home)))
  const isNear = !existsSync(join(far, 'data')) && canEnter(accountForServer().uid, resolve(home))
  return placeIn(isNear ? near : far)
}

/** The user that the server of a place runs as: whoever owns its data, as Postgres demands. */
export function accountOf({ data }: Place): ServerAccount {
  if (!existsSync(data)) return accountForServer()
  const { uid, gid } = statSync(data)
  return { uid, gid }
}

/**
 * Throws when the socket's folder is not the server's own. Only a folder of `/tmp`, where anybody may make one, can
 * be another's.
 */
export function assertOwnSocket(place: Place): void {
  const { socket } = place
  if (!hasShortSocket(place) || !existsSync(socket)) return
  const found = lstatSync(socket)
  const { uid, gid } = accountOf(place)
  const isOwn = found.uid === uid && (!isRoot() || found.gid === gid)
  if (found.isDirectory() && isOwn && (found.mode & 0o077) === 0) return
  throw new Error(`${socket} is not a folder that only the database's own user may enter: remove it`)
}

/** Whether the socket is in a folder of `/tmp`, because its path would be too long in the cluster's own. */
export function hasShortSocket({ folder, socket }: Place): boolean {
  return dirname(socket) !== folder
}

function placeIn(folder: string): Place {
  return { folder, data: join(folder, 'data'), log: join(folder, 'log'), socket: socketFor(folder) }
}

function socketFor(folder: string): string {
  const own = join(folder, 'socket')
  const isShort = Buffer.byteLength(join(own, '.s.PGSQL.5432')) <= LONGEST_SOCKET
  return isShort ? own : join('/tmp', `skrode-${digest(folder)}`)
}

/** Whether a user may pass through a folder, or through the one above it that a folder yet to be made will be in. */
function canEnter(uid: number, folder: string): boolean {
  if (!existsSync(folder)) return canEnter(uid, dirname(folder))
  const real = realpathSync(folder)
  const { mode, uid: owner } = statSync(real)
  const isOpen = (mode & (owner === uid ? 0o100 : 0o001)) !== 0
  return isOpen && (real === dirname(real) || canEnter(uid, dirname(real)))
}

/** `/root/.local/share/skrode` as `root-.local-share-skrode-1f0c9e4b`. */
function nameFor(home: string): string {
  const readable = home.replace(/[^A-Za-z0-9._]+/g, '-').replace(/^-/, '')
  return `${readable.slice(-40)}-${digest(home).slice(0, 8)}`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
