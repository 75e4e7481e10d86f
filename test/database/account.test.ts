import { statSync } from 'node:fs'
import { chmod, chown, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stopEmbedded } from '../../src/database/embedded.ts'
import { accountForServer } from '../../src/database/owner.ts'
import { accountOf, placeOf } from '../../src/database/place.ts'
import { copyCheckout } from '../support/checkout.ts'
import { OPEN_DATABASE, openInProcess, run } from '../support/command.ts'
import { temporaryHome } from '../support/home.ts'

const isRoot = process.geteuid?.() === 0

test.skipIf(!isRoot)(
  'root with checkout and home under a folder that only root may enter (needs root)',
  async () => {
    await using parent = await temporaryHome()
    await chmod(parent.path, 0o700)
    const checkout = join(parent.path, 'checkout')
    const home = join(parent.path, 'home')
    await copyCheckout(checkout)

    const opened = await openInProcess(home, { cwd: checkout }, checkout)
    expect(opened).toMatchObject({ code: 0, err: '' })
    const { folder, data } = placeOf(home)
    expect(folder).toMatch(/^\/var\/lib\/skrode\/.*home-[0-9a-f]{8}$/)
    expect(statSync(data).uid).toBe(accountForServer().uid)
    expect(statSync(folder).mode & 0o007).toBe(0)

    expect(await openInProcess(home, { cwd: checkout }, checkout)).toEqual(opened)
    await stopEmbedded(home)
    await rm(folder, { recursive: true })
  },
)

test.skipIf(!isRoot)(
  'an ordinary user keeps the cluster at home, and root meets the same one (needs root)',
  async () => {
    await using parent = await temporaryHome()
    const checkout = join(parent.path, 'checkout')
    const home = join(parent.path, 'home')
    await copyCheckout(checkout)
    const user = await ordinaryUser()
    await mkdir(home, { mode: 0o700 })
    await chown(home, user.uid, user.gid)

    const asUser = await openInProcess(home, { ...user, cwd: '/' }, checkout)
    expect(asUser).toMatchObject({ code: 0, err: '' })
    expect(await openInProcess(home)).toEqual(asUser)
    expect(placeOf(home).folder).toBe(join(home, 'postgres'))
    expect(accountOf(placeOf(home))).toEqual(user)

    await stopEmbedded(home)
    const asRoot = await openInProcess(home)
    expect(asRoot).toMatchObject({ code: 0, err: '' })
    expect(await openInProcess(home, { ...user, cwd: '/' }, checkout)).toEqual(asRoot)

    await stopEmbedded(home)
    expect(await openInProcess(home, { ...user, cwd: '/' }, checkout)).toMatchObject({ code: 0, err: '' })
  },
)

test.skipIf(!isRoot)("root's umask does not keep the server out (needs root)", async () => {
  await using parent = await temporaryHome()
  const open = `umask 077; exec "$0" "$1" "$2"`
  const home = join(parent.path, 'a/home')

  const opened = await run('sh', ['-c', open, process.execPath, OPEN_DATABASE, home])
  expect(opened).toMatchObject({ code: 0, err: '' })
  expect(placeOf(home).folder).toBe(join(home, 'postgres'))
  await stopEmbedded(home)
})

test.skipIf(!isRoot)(
  'a user without a name on this machine is told what is missing (needs root)',
  async () => {
    await using parent = await temporaryHome()
    const checkout = join(parent.path, 'checkout')
    const home = join(parent.path, 'home')
    await copyCheckout(checkout)
    await mkdir(home)
    await chown(home, 54_321, 54_321)

    const opened = await openInProcess(home, { uid: 54_321, gid: 54_321, cwd: '/' }, checkout)
    expect(opened.err).toContain('postgres needs the user that runs it to have a name on this machine')
  },
)

/** An account that no cluster of root's runs as. */
async function ordinaryUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (what) => Number((await run('id', [what, 'mail'])).out)),
  )
  if (!uid || !gid) throw new Error('expected an account named mail, as every Unix has one')
  return { uid, gid }
}
