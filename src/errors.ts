/** The operator's configuration is wrong. `where` is the key as they wrote it, with file and line when known. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly where: string

  constructor(where: string, wanted: string) {
    super(`${where}: ${wanted}`)
    this.where = where
  }
}

/** The command line is wrong: an unknown flag, a missing argument, a query that cannot be read. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/**
 * One item of a source that cannot be read. A value, not a throw: it travels in the stream beside the
 * items that can, and the store sets it aside with its reason and its raw bytes.
 */
export class UnreadableItem {
  readonly kind = 'unreadable'
  /** What was wanted and what was found; lower case, no full stop. */
  readonly reason: string
  /** The item as the source sent it, for `set-aside retry`. */
  readonly raw: Uint8Array

  constructor(reason: string, raw: Uint8Array | string) {
    this.reason = reason
    this.raw = typeof raw === 'string' ? Buffer.from(raw) : raw
  }
}
