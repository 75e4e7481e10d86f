import { expect, test } from 'vitest'
import { complaints, load } from './folder.ts'

test('variables are filled in, with defaults for those that are unset or empty', async () => {
  const text = 'x-a: ["${A}", "${B:-b}", "${C:-}", "a${A}-${B:-${}", "$${A}", "$A {A}"]'
  const { parts } = await load(text.replace(', "a${A}-${B:-${}"', ', "a${A}-${B:-x y}"'), { A: '1', B: '' })
  expect(parts['x-a']).toEqual(['1', 'b', '', 'a1-x y', '${A}', '$A {A}'])
})

test('what a variable brings is not expanded or parsed again', async () => {
  const { parts } = await load('x-a: ${A}\nx-b: ${B}', { A: '${B}', B: '[1, {a: *b}] # !x' })
  expect(parts).toEqual({ 'x-a': '${B}', 'x-b': '[1, {a: *b}] # !x' })
})

test('an unquoted variable is typed as if it stood there, a quoted one is text', async () => {
  const { parts } = await load('x-a: [$N, "${N}"]\nx-b: ${N}\nx-c: ${T}\nx-d: ${Z}'.replace('$N,', '1,'), {
    N: '5432',
    T: 'true',
    Z: '007',
  })
  expect(parts).toEqual({ 'x-a': [1, '5432'], 'x-b': 5432, 'x-c': true, 'x-d': '007' })
})

test('a variable that is written wrongly is told with the right way', async () => {
  expect(await complaints('x-a: "${A%%.*}"')).toEqual([
    'config.yml:1: x-a: expected ${NAME} or ${NAME:-default} (write $${ for a literal ${), found something else',
  ])
})

test('merge keys fill in what a map does not say itself', async () => {
  const { parts } = await load('x-a: &a {b: 1, c: 2}\nx-d: &d {e: 3}\nx-f: {<<: [*a, *d], c: 4}')
  expect(parts['x-f']).toEqual({ b: 1, c: 4, e: 3 })
  expect(await complaints('r: &r !skrode/redis {}\nx-a: {<<: *r}')).toEqual([
    'config.yml:2: x-a.<<: expected a map to merge, found a !skrode/redis',
  ])
})

test('a later anchor of the same name is another one', async () => {
  const { parts } = await load('x-a: &a [1]\nx-b: *a\nx-c: &a [2]\nx-d: *a')
  expect(parts).toMatchObject({ 'x-b': [1], 'x-d': [2] })
})

test('ingesters without options and options with constructors are handed on', async () => {
  const { ingesters, parts } = await load('m: &m !skrode/redis {}\ningesters:\n  atom:\n  mail: {from: *m}')
  expect(ingesters['atom']).toEqual({})
  expect(ingesters['mail']?.['from'] === parts['m']).toBe(true)
})

test("the owner's addresses are lower case", async () => {
  expect((await load('own: [Ann@Example.org]')).own).toEqual(['ann@example.org'])
  expect(await complaints('own: [ann]')).toEqual([
    'config.yml:1: own[0]: expected an e-mail address, found other text',
  ])
})

test('a merge takes the anchor that stands above it, though a later one has its name', async () => {
  const { parts } = await load('x-a: &a {b: 1}\nx-c: {<<: *a, d: &a {b: 2}}\nx-e: *a')
  expect(parts).toMatchObject({ 'x-c': { b: 1 }, 'x-e': { b: 2 } })
})
