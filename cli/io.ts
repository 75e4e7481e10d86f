import { UsageError } from '../src/errors.ts'
import { fit } from './fit.ts'
import { safeJson, safeText } from './safe-text.ts'
import { type Part, sgr } from './styled.ts'

/**
 * The way out. Whatever is given passes `safeText`, so names and texts from outside reach neither a terminal nor
 * a pipe as control characters; only `Styled` parts become escape codes, and only where colour is wanted.
 */
export interface Io {
  /** Data: one line (or several) on stdout. */
  out(...parts: readonly Part[]): void
  /** Data as one line of JSON on stdout. */
  json(value: unknown): void
  /** Data as it came from outside, unchanged; throws `UsageError` rather than send it to a terminal. */
  bytes(data: Uint8Array): void
  /** A remark to the person, on stderr; `--quiet` leaves it out. */
  note(...parts: readonly Part[]): void
  /** What went wrong, on stderr; always said. */
  err(...parts: readonly Part[]): void
  readonly stdout: Stream
  readonly stderr: Stream
}

/** One of the two streams, as far as drawing on it goes. */
export interface Stream {
  readonly isTty: boolean
  readonly colour: boolean
  /** Characters in a line: a terminal's own width, 80 for a pipe. */
  readonly columns: number
  /** Writes parts as they stand, without a line end. */
  write(...parts: readonly Part[]): void
  /** Draws a line over the one drawn before; for a terminal. Nothing erases it, and so does any other output. */
  redraw(line: string): void
}

/** How the operator wants to be talked to. */
export interface Manner {
  readonly env: NodeJS.ProcessEnv
  readonly noColour: boolean
  readonly quiet: boolean
}

/** A process's streams as an `Io`. */
export function openIo(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, manner: Manner): Io {
  const out = streamOf(stdout, manner)
  const err = streamOf(stderr, manner)
  const line = (stream: Stream, parts: readonly Part[]): void => {
    err.redraw('')
    stream.write(...parts, '\n')
  }
  return {
    out: (...parts) => line(out, parts),
    json: (value) => void stdout.write(`${safeJson(value)}\n`),
    bytes(data) {
      if (out.isTty) throw new UsageError('raw bytes go to a file or a pipe, not to a terminal')
      stdout.write(data)
    },
    note: manner.quiet ? () => undefined : (...parts) => line(err, parts),
    err: (...parts) => line(err, parts),
    stdout: out,
    stderr: err,
  }
}

/** Erases a line, from its first place on (ECMA-48, 8.3.41). */
const ERASED = '\r\u001b[K'

function streamOf(stream: NodeJS.WriteStream, { env, noColour }: Manner): Stream {
  const isTty = stream.isTTY === true
  const colour = !noColour && wantsColour(env, isTty)
  // A terminal that does not know its own width says 0.
  const columns = (): number => stream.columns || 80
  let isDrawn = false
  return {
    isTty,
    colour,
    get columns() {
      return columns()
    },
    write: (...parts) => void stream.write(parts.map((part) => drawn(part, colour)).join('')),
    redraw(line) {
      const oneLine = safeText(line).replaceAll('\n', ' ')
      if (isDrawn || line) stream.write(ERASED + fit(oneLine, columns() - 1))
      isDrawn = line !== ''
    },
  }
}

/** `NO_COLOR` (no-color.org) before `FORCE_COLOR` (force-color.org) before what the terminal can do. */
function wantsColour(env: NodeJS.ProcessEnv, isTty: boolean): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTty && env['TERM'] !== 'dumb'
}

function drawn(part: Part, colour: boolean): string {
  if (typeof part === 'string') return safeText(part)
  return colour ? sgr(part.style, safeText(part.text)) : safeText(part.text)
}
