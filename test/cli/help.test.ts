import { expect, test } from 'vitest'
import { allCommands } from '../../cli/registry.ts'
import { skrode } from './skrode.ts'

const commands = await allCommands()

test('skrode alone lists every command', async () => {
  const { code, stdout } = await skrode([])
  expect(code).toBe(0)
  for (const [name, { summary }] of commands) expect(stdout).toMatch(new RegExp(`${name} +${summary}`))
})

test('help explains a command of two words', async () => {
  const { code, stdout } = await skrode(['help', 'db', 'start'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Usage: skrode db start \[options\]\n/)
})

test('a group of commands lists them when asked for help', async () => {
  const { code, stdout } = await skrode(['set-aside', '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain('  retry: ')
})

test('ingest --help lists the ingesters with what they say of themselves', async () => {
  const { stdout } = await skrode(['ingest', '--help'])
  expect(stdout).toMatch(/Ingesters:\n(.*\n)* {2}mail +\S/)
})

test.each(commands)('%s has a summary without a full stop, and examples', (_name, command) => {
  expect(command.summary).toMatch(/^[A-Z].*[^.]$/)
  expect(command.examples.length).toBeGreaterThan(0)
})

test.each(commands)('--help of %s keeps its words and options within 80 columns', async (name) => {
  const { code, stdout } = await skrode([...name.split(' '), '--help'])
  const [options = ''] = stdout.split('Options of every command:')
  expect(code).toBe(0)
  expect(options.split('\n').filter((line) => line.length > 80)).toEqual([])
})
