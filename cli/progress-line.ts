import type { Progress } from '../src/ingest/ingester.ts'
import { bytes, count, duration } from './amount.ts'
import type { Io } from './io.ts'

/** Shows how far a long read has come: in place on a terminal, else now and then as a line of its own. */
export interface ProgressLine {
  /** Drawn at most ten times a second on a terminal, every ten seconds elsewhere. */
  show(report: Progress): void
  /** Takes the line away. */
  clear(): void
}

/** A progress line on stderr; `nowMs` is any clock that only goes forward. */
export function progressLine(
  { stderr, note }: Pick<Io, 'stderr' | 'note'>,
  nowMs: () => number,
): ProgressLine {
  const everyMs = stderr.isTty ? 100 : 10_000
  let began: { readonly what: string; readonly atMs: number; readonly done: number } | undefined
  let shownMs = stderr.isTty ? -Infinity : nowMs()
  return {
    show(report) {
      const atMs = nowMs()
      if (began?.what !== report.what) began = { what: report.what, atMs, done: report.done }
      if (atMs - shownMs < everyMs) return
      shownMs = atMs
      const line = describe(report, (atMs - began.atMs) / 1000, report.done - began.done)
      if (stderr.isTty) stderr.redraw(line)
      else note(line)
    },
    clear: () => stderr.redraw(''),
  }
}

/** `archive.mbox: 12.3 MB of 139 MB, 4.10 MB/s, 31 s left`; `moved` is what was done in `seconds`. */
function describe({ what, done, total, unit }: Progress, seconds: number, moved: number): string {
  const amount = unit === 'bytes' ? bytes : count
  const rate = seconds > 0.5 ? moved / seconds : 0
  const left = total !== undefined && rate > 0 ? (total - done) / rate : undefined
  const parts = [
    total === undefined ? amount(done) : `${amount(done)} of ${amount(total)}`,
    rate > 0 && `${amount(Math.round(rate))}/s`,
    left !== undefined && left > 0 && `${duration(left)} left`,
  ]
  return `${what}: ${parts.filter(Boolean).join(', ')}`
}
