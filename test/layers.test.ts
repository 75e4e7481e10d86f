import { expect, test } from 'vitest'
import { complaints } from './layers/file-rules.ts'
import { barrels, importCycles, importsAgainstTheWay } from './layers/import-rules.ts'
import { sourceFile, sourceFilesIn } from './layers/source-file.ts'

const rooms = sourceFilesIn('schema', 'src', 'ingesters', 'cli')
const everything = [...rooms, ...sourceFilesIn('etc/build', 'etc/skeletons', 'test')]

test('imports go one way', () => {
  expect(importsAgainstTheWay(rooms)).toEqual([])
})

test('no files import each other in a ring', () => {
  expect(importCycles(everything)).toEqual([])
})

test('no file is a door to others', () => {
  expect(barrels(everything)).toEqual([])
})

test('every file keeps the rules of the house', () => {
  expect(everything.flatMap(complaints)).toEqual([])
})

test.each([
  ['an ingester that reads the database', 'ingesters/mail/index.ts', '../../src/database/sql.ts'],
  ['an ingester that sees another', 'ingesters/mail/index.ts', '../atom/feed.ts'],
  ['a query that writes', 'src/query/whois.ts', '../store/store.ts'],
  ['a room that knows the command line', 'src/link/own.ts', '../../cli/io.ts'],
  ['records that know the store', 'src/record/key.ts', '../store/tally.ts'],
  ['an entity that knows a room', 'schema/post.ts', '../src/record/key.ts'],
])('%s is noticed', (_what, path, specifier) => {
  const file = sourceFile(path, `import type { X } from '${specifier}'`)
  expect(importsAgainstTheWay([file])).toHaveLength(1)
})

test('a dynamic import counts as an import', () => {
  const file = sourceFile('src/query/whois.ts', `await import('../store/store.ts')`)
  expect(importsAgainstTheWay([file])).toHaveLength(1)
})

test('a file under src that belongs to no room may import nothing', () => {
  const file = sourceFile('src/loose.ts', `import { X } from './errors.ts'`)
  expect(importsAgainstTheWay([file])).toHaveLength(1)
})

test('a ring of three files is noticed', () => {
  const ring = [
    sourceFile('src/a.ts', `import './b.ts'`),
    sourceFile('src/b.ts', `import './c.ts'`),
    sourceFile('src/c.ts', `import './a.ts'`),
  ]
  expect(importCycles(ring)).toEqual(['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts'])
})

test('a file that exports from another is noticed', () => {
  expect(barrels([sourceFile('src/store/index.ts', `export * from './store.ts'`)])).toHaveLength(1)
})

test.each([
  ['a file of 301 lines', 'src/a.ts', 'export {}\n'.repeat(301), '301 lines, at most 300'],
  ['a file named for its kind', 'src/store/utils.ts', '', 'named for its kind, not for what it holds'],
  ['a file in camel case', 'src/store/setAside.ts', '', 'a file name is in kebab case'],
  ['a suppressed check', 'src/a.ts', `// @ts-${'ignore'}`, `a comment says @ts-${'ignore'}`],
  ['an unfinished thing', 'src/a.ts', `/* ${'TODO'} later */`, `a comment says ${'TODO'}`],
  ['a mocked module', 'test/a.test.ts', `vi.mock('pg')`, 'vi.mock'],
  ['a hierarchy', 'src/a.ts', 'class A extends B {}', 'a class extends B'],
  ['a cast', 'src/a.ts', 'const a = b as C', 'as C'],
  ['a non-null assertion', 'src/a.ts', 'const a = b!.c', 'an exclamation mark instead of a check'],
  ['any', 'src/a.ts', 'const a: any = 1', 'any'],
  ['an enum', 'src/a.ts', 'enum A { B }', 'an enum'],
  ['a default export', 'src/a.ts', 'export default 1', 'a default export outside a plugin folder'],
  ['a long function', 'src/a.ts', `function a() {${'\n'.repeat(50)}}`, 'a function of 51 lines'],
])('%s is noticed', (_what, path, text, complaint) => {
  expect(complaints(sourceFile(path, text))).toEqual([`${path}: ${complaint}`])
})

test('errors, entities, constants and plugins are as they should be', () => {
  const error = sourceFile('src/errors.ts', 'export class A extends Error {}\nconst b = [1] as const')
  const entity = sourceFile('schema/human.ts', 'export class Human extends HumanSchema.class {}')
  const plugin = sourceFile('ingesters/mail/index.ts', 'export default {}')
  expect([error, entity, plugin].flatMap(complaints)).toEqual([])
})
