import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { schemaPage } from '../../etc/build/schema-diagram.ts'

test('the committed schema diagram is what the entities draw', () => {
  const committed = readFileSync(new URL('../../etc/docs/schema.md', import.meta.url), 'utf8')
  expect(committed, 'run npm run diagram').toBe(schemaPage())
})

test('the diagram shows keys, optional columns and which side of a relation is many', () => {
  const page = schemaPage()
  expect(page).toContain('  account }o--|| persona : "persona"\n')
  expect(page).toContain('    text key UK\n')
  expect(page).toContain('    uuid author_id FK "?"\n')
})
