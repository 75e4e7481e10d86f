import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** How a run of the program ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a run is given; nothing of the test's own environment. */
export interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** The program as its sources have it. */
export const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

/** Runs `skrode` as a process with pipes, from source. */
export async function skrode(words: readonly string[], given: Given = {}): Promise<Ended> {
  const child = start(words, given)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, stdout, stderr }
}

/** Starts `skrode` as a process with pipes, for a test that interferes with it. */
export function start(words: readonly string[], given: Given = {}) {
  return spawn(process.execPath, [MAIN, ...words], {
    ...surroundings(given),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Whether util-linux's `script` is here, which gives a program a terminal. */
export const HAS_TERMINAL = spawnSync('script', ['--version']).status === 0

/** Runs `skrode` on a terminal, where stdout and stderr are one. */
export async function skrodeOnTerminal(words: readonly string[], given: Given = {}): Promise<Ended> {
  const line = [process.execPath, MAIN, ...words]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ')
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    ...surroundings({ ...given, env: { TERM: 'xterm', SHELL: '/bin/sh', ...given.env } }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, stdout: stdout.replaceAll('\r\n', '\n'), stderr }
}

/** A folder for one test, removed at the end of its `using`. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'skrode-cli-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function surroundings({ env, cwd }: Given) {
  return {
    cwd: cwd ?? tmpdir(),
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C.UTF-8', ...env },
  }
}
