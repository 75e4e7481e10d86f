import { UnreadableItem } from '../src/errors.ts'
import type { Progress } from '../src/ingest/ingester.ts'
import { counted } from './amount.ts'
import type { Context } from './context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Source } from './ingester-folder.ts'
import type { ProgressLine } from './progress-line.ts'

/** Reasons beyond this many are only counted. */
const MOST_REASONS = 20

/** Reads a source from its beginning, stores nothing, and says how much of what there is. */
export async function readDry(
  { ingester, options }: Source,
  { io, json, signal, now }: Context,
  progress: ProgressLine,
): Promise<ExitCode> {
  const counts = new Map<string, number>()
  const reasons = new Map<string, number>()
  const cursor = (): Promise<undefined> => Promise.resolve(undefined)
  const run = { signal, now, cursor, progress: (report: Progress) => progress.show(report) }

  for await (const { found } of ingester.read(options, run)) {
    if (!found) continue
    increase(counts, found.kind)
    if (found instanceof UnreadableItem && (reasons.size < MOST_REASONS || reasons.has(found.reason))) {
      increase(reasons, found.reason)
    }
  }
  progress.clear()
  if (json) io.json({ ...Object.fromEntries(counts), reasons: Object.fromEntries(reasons) })
  else {
    for (const [reason, number] of reasons) io.note(`unreadable, ${counted(number, 'time')}: ${reason}`)
    io.out(`${listed(counts)}; nothing was stored`)
  }
  return EXIT.ok
}

const MANY: Readonly<Record<string, string>> = { gone: 'gone', unreadable: 'unreadable' }

function listed(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return 'no items'
  return [...counts].map(([kind, number]) => counted(number, kind, MANY[kind])).join(', ')
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
