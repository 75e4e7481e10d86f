import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commandsPage } from '../../etc/build/commands-page.ts'

test('the committed page of commands is what the commands say', async () => {
  const committed = readFileSync(new URL('../../etc/docs/commands.md', import.meta.url), 'utf8')
  expect(committed, 'run npm run commands').toBe(await commandsPage())
})
