import { spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { inspect } from 'node:util'
import { ConfigError } from '../errors.ts'

/** A password, token or key. However it is printed it shows `[secret]`; only `reveal` gives it. */
export interface Secret {
  readonly kind: 'secret'
  /**
   * The secret itself. A file is read, or a command run, at the first call and never again. Throws `ConfigError`
   * naming the key; neither a command's output nor a file's content is ever part of it.
   */
  reveal(): Promise<string>
  toString(): string
  toJSON(): string
}

/** What every secret looks like in print. */
export const HIDDEN = '[secret]'

const LONGEST_SECRET = 64 * 1024
const COMMAND_TIMEOUT_MS = 60_000
const SECRETS = new WeakSet<object>()

/** Whether a value is a `Secret` made here. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && SECRETS.has(value)
}

/** Hides a text that is known already. */
export function literalSecret(text: string): Secret {
  return hide(async () => text)
}

/** Hides the content of a file, without its last newline. `where` names the key in complaints. */
export function fileSecret(path: string, where: string): Secret {
  return hide(async () => {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error)
    if (found instanceof Error) throw new ConfigError(where, `expected a readable file, found ${found.code}`)
    if (!found.isFile()) throw new ConfigError(where, 'expected a file, found something else')
    if (found.size > LONGEST_SECRET) throw new ConfigError(where, 'expected at most 64 KiB, found more')

    const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => error)
    if (content instanceof Error)
      throw new ConfigError(where, `expected a readable file, found ${content.code}`)
    return withoutLastNewline(content)
  })
}

/** Where and how long a secret's command runs. */
export interface CommandPlace {
  /** Names the key in complaints. */
  readonly where: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds; a minute by default, so that a person can unlock a password store. */
  readonly timeoutMs?: number
}

/** Hides what a shell command prints, without its last newline. */
export function commandSecret(command: string, place: CommandPlace): Secret {
  return hide(async () => withoutLastNewline(await run(command, place)))
}

/**
 * The command gets a process group of its own: ending only the shell would leave its children behind, and a
 * child that holds the pipe open would keep us waiting.
 */
function run(
  command: string,
  { where, cwd, env, timeoutMs = COMMAND_TIMEOUT_MS }: CommandPlace,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', command], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    let size = 0

    const fail = (found: string) => {
      clearTimeout(timer)
      endGroup(child.pid)
      child.stdout.destroy()
      reject(new ConfigError(where, `expected a command that prints the secret, found one that ${found}`))
    }
    const timer = setTimeout(() => fail(`takes longer than ${timeoutMs / 1000} s`), timeoutMs)

    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > LONGEST_SECRET) fail('prints more than 64 KiB')
      else chunks.push(chunk)
    })
    child.on('error', (error: NodeJS.ErrnoException) => fail(`cannot be started (${error.code})`))
    child.on('close', (code, signal) => {
      if (code !== 0) return fail(code === null ? `was ended by ${signal}` : `exits with status ${code}`)
      clearTimeout(timer)
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has ended by itself.
  }
}

function hide(read: () => Promise<string>): Secret {
  let found: Promise<string> | undefined
  const secret: Secret = Object.freeze({
    kind: 'secret',
    reveal: () => (found ??= read()),
    toString: () => HIDDEN,
    toJSON: () => HIDDEN,
    [inspect.custom]: () => HIDDEN,
  })
  SECRETS.add(secret)
  return secret
}

function withoutLastNewline(text: string): string {
  return text.replace(/\r?\n$/, '')
}
