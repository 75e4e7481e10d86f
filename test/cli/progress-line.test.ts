import { expect, test } from 'vitest'
import type { Io } from '../../cli/io.ts'
import { progressLine } from '../../cli/progress-line.ts'

test('a pipe gets a line every ten seconds, with rate and time left', () => {
  expect(linesOf({ isTty: false, reports: 30, everyMs: 1_000 })).toEqual([
    'box.mbox: 10.0 MB of 30.0 MB, 1.00 MB/s, 20 s left',
    'box.mbox: 20.0 MB of 30.0 MB, 1.00 MB/s, 10 s left',
    'box.mbox: 30.0 MB of 30.0 MB, 1.00 MB/s',
  ])
})

test('a terminal is drawn on ten times a second at most', () => {
  expect(linesOf({ isTty: true, reports: 1_000, everyMs: 1 })).toHaveLength(11)
})

test('a read that goes on from its middle is as fast as what it reads now', () => {
  const [line] = linesOf({ isTty: false, reports: 10, everyMs: 1_000, from: 20 })
  expect(line).toBe('box.mbox: 30.0 MB of 30.0 MB, 1.00 MB/s')
})

/** What is said of a box of 30 MB, of which each report has read another MB. */
function linesOf(of: { isTty: boolean; reports: number; everyMs: number; from?: number }): string[] {
  const lines: string[] = []
  const clock = { ms: 0 }
  const { show } = progressLine(io(of.isTty, lines), () => clock.ms)
  for (let report = 0; report <= of.reports; report++) {
    show({ what: 'box.mbox', done: ((of.from ?? 0) + report) * 1e6, total: 30e6, unit: 'bytes' })
    clock.ms += of.everyMs
  }
  return lines
}

function io(isTty: boolean, lines: string[]): Pick<Io, 'stderr' | 'note'> {
  const take = (line: string): void => void lines.push(line)
  return {
    note: (...parts) => take(parts.join('')),
    stderr: { isTty, colour: false, columns: 80, write: () => undefined, redraw: take },
  }
}
