/** What an examination found: that all is well, that something is odd, or that something does not work. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail'
  /** What was looked at: `disk`. */
  readonly about: string
  readonly found: string
  /** What to do about it. */
  readonly remedy?: string
}

export function ok(about: string, found: string): Finding {
  return { state: 'ok', about, found }
}

export function warn(about: string, found: string, remedy: string): Finding {
  return { state: 'warn', about, found, remedy }
}

export function fail(about: string, found: string, remedy: string): Finding {
  return { state: 'fail', about, found, remedy }
}

/** What to say about an error, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
