import { complain } from './complaint.ts'
import { EXIT } from './exit-code.ts'
import { openIo } from './io.ts'
import { run } from './program.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`skrode search … | head`) is no failure.
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  fail(new Error('cannot write the answer', { cause: error }))
})
process.stderr.on('error', () => undefined)
process.on('uncaughtException', fail)

process.exitCode = await run(process.argv.slice(2))
// What still holds the process open, such as a kept-alive connection, has nothing more to say.
await Promise.all([drained(process.stdout), drained(process.stderr)])
process.exit()

/** What nobody caught is a mistake of ours, so it is told with where it comes from. */
function fail(error: unknown): never {
  const io = openIo(process.stdout, process.stderr, { env: process.env, noColour: false, quiet: false })
  process.exit(complain(error, io, { verbose: true }))
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
