import { type SpawnOptions, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a process has printed, and how it ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program to its end. */
export async function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (data: Buffer) => out.push(data))
  child.stderr?.on('data', (data: Buffer) => err.push(data))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.on('error', reject).on('close', resolve)
  return { code: await promise, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}

/** Opens the database of a home in a process of its own, run from this checkout or by the Node of a copied one. */
export function openInProcess(home: string, options: SpawnOptions = {}, copy?: string): Promise<Ended> {
  const node = copy === undefined ? process.execPath : `${copy}/node`
  return run(node, [`${copy ?? ROOT}/test/support/open-database.ts`, home], options)
}

/** The root of this checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A program that opens the embedded database of the home it is given. */
export const OPEN_DATABASE = `${ROOT}/test/support/open-database.ts`
