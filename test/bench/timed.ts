import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One run of a program, from start to exit. */
export interface Timed {
  readonly seconds: number
  readonly stdout: string
}

/** Runs a program to its end; throws with what it said where it fails. */
export function timed(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Timed {
  const beganMs = performance.now()
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - beganMs) / 1000
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`, { cause: error })
  return { seconds, stdout }
}

/** Whether a program is installed. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

/** Runs a Node script and answers the most memory that its process held, in MB (resident, getrusage(2)). */
export function timedWithMemory(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Timed & { readonly peakMb: number } {
  const file = join(tmpdir(), `skrode-bench-${process.pid}.rss`)
  const write = `import { writeFileSync } from 'node:fs'
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`
  const preload = `data:text/javascript,${encodeURIComponent(write)}`
  const run = timed(process.execPath, ['--import', preload, ...args], env)
  const peakMb = (Number(readFileSync(file, 'utf8')) * 1024) / 1e6
  rmSync(file)
  return { ...run, peakMb }
}
