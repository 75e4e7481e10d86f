import { EXIT } from './exit-code.ts'
import { run } from './program.ts'

// A reader that has seen enough (`skrode search … | head`) is no failure.
process.stdout.on('error', () => process.exit(EXIT.ok))
process.stderr.on('error', () => undefined)

process.exitCode = await run(process.argv.slice(2))
// What still holds the process open, such as a kept-alive connection, has nothing more to say.
await Promise.all([drained(process.stdout), drained(process.stderr)])
process.exit()

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
