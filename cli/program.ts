import { helpOf, readCommandLine, usageOf } from './command-line.ts'
import { complain } from './complaint.ts'
import { openContext } from './context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Given } from './given.ts'
import { watchInterrupts } from './interrupts.ts'
import { openIo } from './io.ts'
import { type Found, findCommand } from './registry.ts'

/** Runs the command that the words behind `skrode` name, and resolves to how the process is to end. */
export async function run(words: readonly string[]): Promise<ExitCode> {
  const { env, stdout, stderr } = process
  const io = openIo(stdout, stderr, { env, noColour: words.includes('--no-color'), quiet: false })
  let found: Found | undefined
  try {
    found = await findCommand(words)
    const reading = readCommandLine(found)
    if (reading.kind === 'given') return await start(found, reading.given)
    io.out(await helpOf(found, io.stdout.columns))
    return EXIT.ok
  } catch (error) {
    const usage = found ? usageOf(found) : 'skrode <command> [options]; skrode help lists the commands'
    return complain(error, io, { usage, verbose: words.includes('-v') || words.includes('--verbose') })
  }
}

async function start({ command }: Found, given: Given): Promise<ExitCode> {
  const { env, stdout, stderr } = process
  const io = openIo(stdout, stderr, { env, noColour: given.flag('no-color'), quiet: given.flag('quiet') })
  using interrupts = watchInterrupts((line) => io.note(line))
  const { signal } = interrupts
  await using context = openContext({ io, given, env, cwd: process.cwd(), signal })
  try {
    const ended = await command.start(given, context)
    return interrupts.exitCode() ?? ended
  } catch (error) {
    const ended = interrupts.exitCode()
    if (ended === undefined || !isAbort(error, signal)) throw error
    return ended
  }
}

/** Whether an error only says that work was told to stop. */
function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === 'AbortError')
}
