import { EXIT, type ExitCode } from './exit-code.ts'

/** Ctrl-C and SIGTERM as a signal that work can watch. */
export interface Interrupts extends Disposable {
  readonly signal: AbortSignal
  /** How to end once everything stopped, when it was told to stop. */
  exitCode(): ExitCode | undefined
}

const EXIT_OF = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const

/** The first one asks to stop and is announced by `say`; the second ends the process where it stands. */
export function watchInterrupts(say: (line: string) => void): Interrupts {
  const controller = new AbortController()
  let exitCode: ExitCode | undefined

  const interrupted = (name: keyof typeof EXIT_OF): void => {
    if (exitCode !== undefined) process.exit(exitCode)
    exitCode = EXIT_OF[name]
    if (name === 'SIGINT') say('stopping; press Ctrl-C again to stop at once')
    controller.abort()
  }
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', interrupted)

  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    [Symbol.dispose]() {
      process.off('SIGINT', interrupted)
      process.off('SIGTERM', interrupted)
    },
  }
}
