import { inspect, styleText } from 'node:util'
import { withoutControls } from './record/text.ts'

const LEVELS = ['error', 'warn', 'info', 'debug'] as const

/** How much a line matters; a log writes its own level and those before it. */
export type Level = (typeof LEVELS)[number]

/** What a line says besides its message: printed as `key=value`. */
type Fields = Readonly<Record<string, unknown>>

/** Writes lines about what happens, for whoever operates the program. */
export interface Log {
  /** Something did not happen that should have. */
  error(message: string, fields?: Fields): void
  /** Something is odd, and the work goes on. */
  warn(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  debug(message: string, fields?: Fields): void
  /** A log for a part of the program, named in each of its lines. */
  child(module: string): Log
}

/** What a log is made of. */
export interface LogOptions {
  /** Takes one line, its newline included. */
  write(line: string): void
  readonly level: Level
  /** Whether a person looks at it on a terminal, and has not set NO_COLOR. */
  readonly colour: boolean
  readonly module: string
  readonly now?: () => Date
}

/**
 * Makes a log that writes one line an event: time, level, pid, module, message, fields. Control characters are
 * gone from all of it, whatever it quotes; secrets print as `[secret]`; an error prints its message and its
 * causes, and its stack where the level is `debug`.
 */
export function createLog(options: LogOptions): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (LEVELS.indexOf(level) <= LEVELS.indexOf(options.level))
        options.write(line(level, message, fields, options))
    }
  return {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child: (module) => createLog({ ...options, module }),
  }
}

/** Whether a text, such as the value of SKRODE_LOG, is a level. */
export function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text)
}

const COLOURS = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const
const LONGEST_TEXT = 4000
const MOST_CAUSES = 8

function line(
  level: Level,
  message: string,
  fields: Fields,
  { colour, module, now, level: shown }: LogOptions,
): string {
  const time = (now?.() ?? new Date()).toISOString()
  const word = level.padEnd(5)
  const pairs = Object.entries(fields).flatMap(([key, value]) => pairsOf(key, value, shown === 'debug'))
  const painted = colour ? styleText(COLOURS[level], word, { validateStream: false }) : word
  return `${[time, painted, process.pid, module, oneLine(message), ...pairs].join(' ')}\n`
}

function pairsOf(key: string, value: unknown, withStack: boolean): string[] {
  if (value === undefined) return []
  if (!(value instanceof Error)) return [`${key}=${quoted(textOf(value))}`]
  const pair = `${key}=${quoted(causes(value).join(': '))}`
  return withStack && value.stack ? [pair, `stack=${quoted(value.stack)}`] : [pair]
}

/** What an error says, and what the errors behind it say. */
function causes(error: unknown): string[] {
  const found: string[] = []
  for (let at = error; at !== undefined && found.length < MOST_CAUSES; ) {
    const own = at instanceof Error ? messageOf(at) : textOf(at)
    if (!found.at(-1)?.endsWith(own)) found.push(own)
    at = at instanceof Error ? at.cause : undefined
  }
  return found
}

/** Errors of several attempts at once, as Node makes them for a host with several addresses, have no message. */
function messageOf(error: Error): string {
  if (error.message) return error.message
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? messageOf(first) : error.name
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  return inspect(value, {
    depth: 4,
    breakLength: Infinity,
    compact: true,
    maxArrayLength: 20,
    maxStringLength: 200,
  })
}

function quoted(text: string): string {
  const clean = oneLine(text)
  return clean === '' || /[\s"=]/.test(clean) ? JSON.stringify(clean) : clean
}

function oneLine(text: string): string {
  const clean = withoutControls(text.slice(0, LONGEST_TEXT))
  return text.length > LONGEST_TEXT ? `${clean}…` : clean
}
