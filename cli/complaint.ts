import { UsageError } from '../src/errors.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { red } from './styled.ts'

/** What surrounds a complaint. */
export interface Circumstances {
  /** How the command is called, for a `UsageError`. */
  readonly usage?: string
  readonly verbose: boolean
}

/** Says on stderr what went wrong, and how the process is to end: the one place where errors become exit codes. */
export function complain(error: unknown, io: Io, { usage, verbose }: Circumstances): ExitCode {
  io.err(red('skrode:'), ` ${messageOf(error)}`)
  if (verbose) for (const cause of causesOf(error)) io.err(`  because ${cause}`)
  if (!(error instanceof UsageError)) return EXIT.error

  if (usage) io.err(`usage: ${usage}`)
  return EXIT.usage
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}

/** An error's causes from near to far, and where the last one came from. */
function causesOf(error: unknown): string[] {
  const causes: string[] = []
  let last = error
  while (last instanceof Error && last.cause !== undefined && causes.length < 10) {
    last = last.cause
    causes.push(messageOf(last))
  }
  const [, ...frames] = last instanceof Error ? (last.stack ?? '').split('\n') : []
  return [...causes, ...frames.slice(0, 5).map((frame) => frame.trim())]
}
