import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { skrode } from './skrode.ts'

const CASES = [
  [['st'], ['status']],
  [
    ['db', ''],
    ['start', 'stop', 'status'],
  ],
  [
    ['-c', 'x.yml', 'db', 'st'],
    ['start', 'stop', 'status'],
  ],
  [['ingest', 'm'], ['mail']],
  [['ingest', 'mail', '--d'], ['--dry-run']],
  [['completion', 'f'], ['fish']],
] as const

test.each(CASES)('bash completes skrode %j', async (typed, offered) => {
  const { stdout: script } = await skrode(['completion', 'bash'])
  const ask = `${script}
    COMP_WORDS=(skrode "$@"); COMP_CWORD=$#; _skrode; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync('bash', ['-c', ask, 'bash', ...typed], { encoding: 'utf8' })
  expect(stdout.trim().split('\n')).toEqual(offered)
})

test.skipIf(!isInstalled('zsh')).each(CASES)(
  'zsh completes skrode %j (needs zsh)',
  async (typed, offered) => {
    const { stdout: script } = await skrode(['completion', 'zsh'])
    const ask = `compdef() {}; _files() {}; _describe() { print -l -- "\${offers[@]}" }
    ${script}
    words=(skrode "$@"); CURRENT=$(($# + 1)); _skrode`
    const { stdout } = spawnSync('zsh', ['-fc', ask, 'zsh', ...typed], { encoding: 'utf8' })
    const offers = stdout.split('\n').map((line) => line.replace(/:.*/, ''))
    expect(offers.filter((offer) => offer !== '' && offer.startsWith(typed.at(-1) ?? ''))).toEqual(offered)
  },
)

test.skipIf(!isInstalled('fish')).each(CASES)(
  'fish completes skrode %j (needs fish)',
  async (typed, offered) => {
    const { stdout: script } = await skrode(['completion', 'fish'])
    const ask = `${script}\ncomplete -C "skrode ${typed.join(' ')}"`
    const { stdout } = spawnSync('fish', ['--no-config', '-c', ask], { encoding: 'utf8' })
    const offers = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/\t.*/, ''))
    expect(offers.toSorted()).toEqual(offered.toSorted())
  },
)

test('a shell that is not known ends with 2', async () => {
  const { code, stderr } = await skrode(['completion', 'tcsh'])
  expect(code).toBe(2)
  expect(stderr).toContain('expected bash, zsh, fish, found tcsh')
})

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}
