/** What became of the items of a source. The books balance: seen = stored + updated + known + setAside. */
export interface Tally {
  /** New rows. */
  readonly stored: number
  /** A newer copy replaced an older one, or a placeholder was filled. */
  readonly updated: number
  /** Nothing new in it. */
  readonly known: number
  /** Unreadable, kept with its reason. */
  readonly setAside: number
}

export const NOTHING: Tally = { stored: 0, updated: 0, known: 0, setAside: 0 }

/** How many items a tally speaks of. */
export function seen(tally: Tally): number {
  return tally.stored + tally.updated + tally.known + tally.setAside
}

/** Both tallies in one. */
export function plus(a: Tally, b: Tally): Tally {
  return {
    stored: a.stored + b.stored,
    updated: a.updated + b.updated,
    known: a.known + b.known,
    setAside: a.setAside + b.setAside,
  }
}
