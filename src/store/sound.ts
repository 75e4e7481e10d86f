import { UnreadableItem } from '../errors.ts'
import type { Sighting } from '../ingest/ingester.ts'
import type { Observation } from '../record/observation.ts'

/** Postgres and JavaScript disagree on the far ends of time; nothing that people sent lies outside these. */
const EARLIEST = Date.UTC(1, 0, 1)
const LATEST = Date.UTC(9999, 11, 31)

/**
 * The observation, or why it cannot be stored: an ingester's mistake in one item must not stop the items beside it.
 */
export function sound(found: NonNullable<Sighting['found']>): Observation | UnreadableItem {
  if (found.kind === 'unreadable') return found
  const bad = timesOf(found).find((time) => !(time.getTime() >= EARLIEST && time.getTime() <= LATEST))
  if (!bad) return found
  const raw = 'raw' in found && found.raw ? found.raw : Buffer.from(JSON.stringify(found))
  return new UnreadableItem(`${found.kind} has a time outside the years 1 to 9999`, raw)
}

function timesOf(found: Observation): Date[] {
  if (found.kind !== 'post') return [found.at]
  return [found.sentAt, found.asOf, ...(found.editedAt ? [found.editedAt] : [])]
}
