import { expect, test } from 'vitest'
import { complaints, load } from './folder.ts'

/** What the options of an ingester become, given as one line each. */
async function options(lines: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { ingesters } = await load(
    ['ingesters:', '  x:', ...lines.map((line) => `    ${line}`)].join('\n'),
    env,
  )
  return ingesters['x']
}

test('variables are filled in, with defaults for those that are unset or empty', async () => {
  const texts = ['"${A}"', '"${B:-b}"', '"${C:-}"', '"a${A}-${B:-x y}"', '"$${A}"', '"$A {A}"']
  expect(await options([`a: [${texts.join(', ')}]`], { A: '1', B: '' })).toEqual({
    a: ['1', 'b', '', 'a1-x y', '${A}', '$A {A}'],
  })
})

test('what a variable brings is not expanded or parsed again', async () => {
  const env = { A: '${B}', B: '[1, {a: *b}] # !x' }
  expect(await options(['a: ${A}', 'b: ${B}'], env)).toEqual({ a: '${B}', b: '[1, {a: *b}] # !x' })
})

test('an unquoted variable is typed as if it stood there, a quoted one is text', async () => {
  const env = { N: '5432', T: 'true', Z: '007' }
  expect(await options(['a: "${N}"', 'b: ${N}', 'c: ${T}', 'd: ${Z}'], env)).toEqual({
    a: '5432',
    b: 5432,
    c: true,
    d: '007',
  })
})

test('a variable that is written wrongly is told with the right way', async () => {
  expect(await complaints('x-a: "${A%%.*}"')).toEqual([
    'config.yml:1: x-a: expected ${NAME} or ${NAME:-default} (write $${ for a literal ${), found something else',
  ])
})

test('merge keys fill in what a map does not say itself', async () => {
  const read = await options(['a: &a {b: 1, c: 2}', 'd: &d {e: 3}', 'f: {<<: [*a, *d], c: 4}'])
  expect(read?.['f']).toEqual({ b: 1, c: 4, e: 3 })
})

test('only maps are merged', async () => {
  expect(await complaints('r: &r !skrode/redis {}\nx-a: {<<: *r}')).toEqual([
    'config.yml:2: x-a.<<: expected a map to merge, found a !skrode/redis',
  ])
})

test('a later anchor of the same name is another one', async () => {
  const read = await options(['a: &a [1]', 'b: *a', 'c: &a [2]', 'd: *a'])
  expect(read).toMatchObject({ b: [1], d: [2] })
})

test('a merge takes the anchor that stands above it, though a later one has its name', async () => {
  const read = await options(['a: &a {b: 1}', 'c: {<<: *a, d: &a {b: 2}}', 'e: *a'])
  expect(read).toMatchObject({ c: { b: 1 }, e: { b: 2 } })
})

test('ingesters without options and options with constructors are handed on', async () => {
  const { ingesters, parts } = await load('m: &m !skrode/redis {}\ningesters:\n  atom:\n  mail: {from: *m}')
  expect(ingesters['atom']).toEqual({})
  expect(ingesters['mail']?.['from'] === parts['m']).toBe(true)
})

test('what begins with x- is there for its aliases only: it may be a secret that no key names as one', async () => {
  const { parts } = await load('x-p: &p hunter2\nr: !skrode/redis {password: *p}')
  expect(Object.keys(parts)).toEqual(['r'])
})

test("the owner's addresses are lower case", async () => {
  expect((await load('own: [Ann@Example.org]')).own).toEqual(['ann@example.org'])
  expect(await complaints('own: [ann]')).toEqual([
    'config.yml:1: own[0]: expected an e-mail address, found other text',
  ])
})
