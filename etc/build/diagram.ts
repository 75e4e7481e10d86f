import { writeFileSync } from 'node:fs'
import { schemaPage } from './schema-diagram.ts'

writeFileSync(new URL('../docs/schema.md', import.meta.url), schemaPage())
