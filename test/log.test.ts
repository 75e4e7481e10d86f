import { expect, test } from 'vitest'
import { literalSecret } from '../src/config/secret.ts'
import { type Level, createLog, isLevel } from '../src/log.ts'

const NOW = new Date('2026-03-04T05:06:07.890Z')

function logged(level: Level = 'info', colour = false) {
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line), level, colour, module: 'mail', now: () => NOW })
  return { log, lines }
}

test('a line holds time, level, pid, module, message and fields', () => {
  const { log, lines } = logged()
  log.info('read a file', { file: 'a b.mbox', count: 3, at: NOW, missing: undefined })
  expect(lines).toEqual([
    `2026-03-04T05:06:07.890Z info  ${process.pid} mail read a file file="a b.mbox" count=3 at=2026-03-04T05:06:07.890Z\n`,
  ])
})

test('lines that matter less than the level are not written', () => {
  const { log, lines } = logged('warn')
  log.debug('one')
  log.info('two')
  log.warn('three')
  log.error('four')
  expect(lines.map((line) => line.trim().split(' ').at(-1))).toEqual(['three', 'four'])
})

test('a child names its own module', () => {
  const { log, lines } = logged()
  log.child('store').warn('slow')
  expect(lines[0]).toContain(' store slow\n')
})

test('control characters of outside text never reach the terminal and never make a second line', () => {
  const { log, lines } = logged()
  log.info('subject \u001b[31mred\n2026 error forged', { from: 'a\r\nb\u0007' })
  expect(lines[0]).toMatch(/^[^\p{Cc}]+\n$/u)
})

test('secrets print as [secret], however deep they lie', () => {
  const { log, lines } = logged('debug')
  const password = literalSecret('hunter2')
  log.error(`with ${password.toString()}`, { password, server: { nested: [{ password }] } })
  expect(lines[0]).toContain('password=[secret]')
  expect(lines[0]).not.toContain('hunter2')
})

test('an error prints its message and its causes on one line', () => {
  const { log, lines } = logged()
  const error = new Error('cannot store', { cause: new Error('connection lost', { cause: 'reset' }) })
  log.error('batch failed', { error })
  expect(lines[0]).toContain('error="cannot store: connection lost: reset"\n')
})

test('a stack is printed at the debug level only', () => {
  const quiet = logged('info')
  const loud = logged('debug')
  const error = new Error('broken')
  quiet.log.error('failed', { error })
  loud.log.error('failed', { error })
  expect(quiet.lines[0]).not.toContain('log.test.ts')
  expect(loud.lines[0]).toContain('log.test.ts')
})

test('errors whose causes run in a circle end', () => {
  const { log, lines } = logged()
  const one = new Error('one')
  one.cause = new Error('two', { cause: one })
  log.error('failed', { one })
  expect(lines[0]?.length).toBeLessThan(200)
})

test('an error of several attempts says what the first one said', () => {
  const { log, lines } = logged()
  log.error('failed', { error: new AggregateError([new Error('connect ECONNREFUSED')]) })
  expect(lines[0]).toContain('error="connect ECONNREFUSED"')
})

test('a line of a megabyte is cut', () => {
  const { log, lines } = logged()
  log.info('x'.repeat(1_000_000), { y: 'y'.repeat(1_000_000) })
  expect(lines[0]?.length).toBeLessThan(10_000)
})

test('colour is for the level alone, and only where asked for', () => {
  const { log, lines } = logged('info', true)
  log.error('failed')
  expect(lines[0]).toContain('\u001b[31merror\u001b[39m')
})

test('only the four words are levels', () => {
  expect(['error', 'warn', 'info', 'debug', 'trace', '', 'constructor'].filter(isLevel)).toEqual([
    'error',
    'warn',
    'info',
    'debug',
  ])
})
