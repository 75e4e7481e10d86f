import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { skrode, temporaryFolder } from './skrode.ts'

test('--version prints the version', async () => {
  expect((await skrode(['--version'])).stdout).toMatch(/^skrode \d+\.\d+\.\d+ \(node \d+\.\d+\.\d+\)\n$/)
})

test.each([[['--json', 'version']], [['version', '--json']]])('%s answers in JSON', async (words) => {
  expect(JSON.parse((await skrode(words)).stdout)).toHaveProperty('skrode')
})

test.each([[['-c', 'my.yml', 'config', 'check']], [['config', 'check', '--config=my.yml']]])(
  '%s reads that config',
  async (words) => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'my.yml'), 'own: [ann@example.org]\n')
    expect((await skrode(words, { cwd: folder.path })).stdout).toBe(
      `${join(folder.path, 'my.yml')} is right\n`,
    )
  },
)

test('--quiet leaves out remarks', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'config.yml'), 'cache: !skrode/redis {password: hunter2}\n', {
    mode: 0o644,
  })
  const loud = await skrode(['config', 'show'], { cwd: folder.path })
  const quiet = await skrode(['config', 'show', '-q'], { cwd: folder.path })
  expect(loud.stderr).toContain('warning:')
  expect(quiet).toEqual({ ...loud, stderr: '' })
})

test('config show hides secrets', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'config.yml'), 'cache: !skrode/redis {password: hunter2}\n', {
    mode: 0o600,
  })
  const { stdout } = await skrode(['config', 'show', '--json'], { cwd: folder.path })
  expect(JSON.parse(stdout)).toHaveProperty('parts.cache.password', '[secret]')
})
