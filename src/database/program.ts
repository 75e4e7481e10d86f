import { spawn } from 'node:child_process'
import { type ServerAccount, runAs } from './owner.ts'

/** Enough of a program's output to say why it failed. */
const KEPT_OUTPUT = 8_000

/** Nothing of our own environment reaches a program of Postgres: its variables would change what it does. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

/** Runs one of Postgres's programs to its end as the server's user. Throws with what it said when it fails. */
export function runProgram(
  program: string,
  args: readonly string[],
  account: ServerAccount,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...runAs(account),
      ...(signal && { signal }),
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const hear = (text: Buffer) => {
      said = `${said}${text.toString()}`.slice(-KEPT_OUTPUT)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${program} ended with ${code}: ${reasonIn(said)}`))
    })
  })
}

/** The one line of a program's output that says why it ended: the last complaint, but a full disk before all others. */
export function reasonIn(output: string): string {
  const [full] = /.*(?:No space left on device|Disk quota exceeded).*/.exec(output) ?? []
  if (full) return `the disk is full (${full.trim()})`
  const complaints = [...output.matchAll(/(?:FATAL|PANIC|error|ERROR): +(.*)$/gm)]
  return complaints.at(-1)?.[1] ?? output.trim().split('\n').at(-1) ?? ''
}
