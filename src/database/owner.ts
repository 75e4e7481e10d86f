import { lchownSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'

/** The user that the embedded server runs as. */
export interface ServerAccount {
  readonly uid: number
  readonly gid: number
}

/**
 * The group of a server that runs as `nobody`. Other programs may run as that user too; none runs with this group,
 * which no distribution hands out (https://systemd.io/UIDS-GIDS/), and the folders above the data admit only it.
 */
const PRIVATE_GROUP = 60_612

/** Whether this process may do anything, which Postgres refuses to run with. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0
}

/** Throws when this process's user has no name, as in a container that runs under a bare number. */
export function assertNamedUser(): void {
  userName()
}

/**
 * The user for a new cluster: oneself, or for root the user `skrode` where there is one and `nobody` where not.
 */
export function accountForServer(): ServerAccount {
  if (!isRoot()) return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 }
  const accounts = systemAccounts()
  const own = accounts.find(({ name }) => name === 'skrode')
  if (own) return own
  const nobody = accounts.find(({ name }) => name === 'nobody')
  if (!nobody)
    throw new Error('postgres does not run as root, and this machine has neither a user skrode nor nobody')
  return { uid: nobody.uid, gid: PRIVATE_GROUP }
}

/** What `spawn` needs so that a program runs as this user. */
export function runAs(account: ServerAccount): { uid?: number; gid?: number } {
  return isRoot() ? account : {}
}

/** Makes a path the user's own. Only root needs to, and may. */
export function giveTo(account: ServerAccount, path: string): void {
  if (isRoot()) lchownSync(path, account.uid, account.gid)
}

/**
 * Lets the server read what root has made in a folder, and leaves it to the folder's owner: root may use the cluster
 * of somebody else.
 */
export function shareWith(account: ServerAccount, folder: string, path: string): void {
  if (isRoot()) lchownSync(path, statSync(folder).uid, account.gid)
}

/** The names of the users that may connect: oneself, the server's own user, and root. */
export function namesAllowed(account: ServerAccount): string[] {
  const server = systemAccounts().find(({ uid }) => uid === account.uid)?.name
  return [...new Set(['root', userName(), ...(server === undefined ? [] : [server])])]
}

function userName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    throw new Error('postgres needs the user that runs it to have a name on this machine (/etc/passwd)', {
      cause,
    })
  }
}

/** The local accounts, from passwd(5). */
function systemAccounts(): (ServerAccount & { name: string })[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, , uid, gid] = line.split(':')
      return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
    })
}
