import { expect, test } from 'vitest'
import { complaints } from './folder.ts'

test('several problems are told at once, each with its line, its key and what was expected', async () => {
  const text = [
    'ingestors: {}',
    'database: !skrode/sql',
    '  hostnam: x',
    '  port: 70000',
    '  ssl: sometimes',
    'own: ann',
    'workers: [fetch, 7]',
    'fetcher: {type: maps, target: 1}',
    'q: !skrode/queue {conn: *rediss, inflight: 3}',
    'mail: !skrode/imap',
    '  hostname: [a]',
    '  username: ${NOBODY}',
    '  password: {fil: x}',
  ].join('\n')
  expect(await complaints(text)).toEqual([
    'config.yml: 15 problems',
    'config.yml:1: ingestors: unknown key (did you mean ingesters?)',
    'config.yml:3: database.hostnam: unknown key (did you mean hostname?)',
    'config.yml:4: database.port: expected a port from 1 to 65535, found the number 70000',
    'config.yml:5: database.ssl: expected true, false or unchecked, found text',
    'config.yml:6: own: expected a list of your e-mail addresses, found text',
    'config.yml:7: workers[0]: expected the name of a worker, found no fetch (did you mean fetcher?)',
    'config.yml:7: workers[1]: expected text, found the number 7',
    'config.yml:8: fetcher.type: expected map or custom, found text',
    'config.yml:8: fetcher.target: expected ingester:function, found the number 1',
    'config.yml:9: q.conn: expected an anchor &rediss above, found none',
    "config.yml:9: q.key: expected the queue's name, found nothing",
    'config.yml:9: q.inflight: expected text, found the number 3',
    'config.yml:11: mail.hostname: expected a host name or address, found a list',
    'config.yml:12: mail.username: expected the environment variable NOBODY, found it unset',
    'config.yml:13: mail.password: expected a secret: text, or a map with file or command, found a map',
  ])
})

test('what is not YAML is told with its line and column, and its text is not repeated', async () => {
  expect(await complaints('a:\n\tb: 1')).toEqual([
    'config.yml:2: not YAML: tabs are not allowed as indentation (column 1)',
  ])
  const password = await complaints('a: 1\npassword: hunter: 2')
  expect(password).toEqual([
    'config.yml:2: not YAML: nested mappings are not allowed in compact mappings (column 11)',
  ])
  expect(await complaints('a: 1\n---\nb: 2')).toEqual([
    'config.yml:2: not YAML: expected one YAML document, found another (column 1)',
  ])
})

test('a key given twice names both lines, the two ways to write a secret included', async () => {
  expect(await complaints('own: []\nown: []')).toEqual(['config.yml:2: own: given twice, first in line 1'])
  expect(await complaints('r: !skrode/redis\n  password: a\n  password.file: b')).toEqual([
    'config.yml:3: r.password: given twice, first in line 2',
  ])
})

test('an unknown constructor is told with the one that was meant', async () => {
  expect(await complaints('r: !skrode/rediss {}')).toEqual([
    'config.yml:1: r: unknown constructor !skrode/rediss (did you mean !skrode/redis?)',
  ])
  expect(await complaints('r: !!binary aGk=')).toEqual([
    'config.yml:1: r: unknown constructor tag:yaml.org,2002:binary',
  ])
})

test('a constructor of something that failed is not complained about twice', async () => {
  expect(await complaints('r: &r !skrode/redis {port: x}\nq: !skrode/queue {key: k, conn: *r}')).toEqual([
    'config.yml:1: r.port: expected a port from 1 to 65535, found text',
  ])
})

test('an alias of another kind is told as what it is', async () => {
  expect(
    await complaints('t: &t !skrode/slack {app_token: a, bot_token: b}\nq: !skrode/queue {key: k, conn: *t}'),
  ).toEqual(['config.yml:2: q.conn: expected a !skrode/redis or a !skrode/sql, found a !skrode/slack'])
})

test('an anchor that holds its own alias is refused', async () => {
  expect(await complaints('x-a: &a\n  b: [*a]')).toEqual([
    'config.yml:2: x-a.b[0]: expected an anchor &a above, found one that holds this alias',
  ])
})

test('aliases of aliases are counted by what they would repeat', async () => {
  const lines = Array.from(
    { length: 20 },
    (_, at) => `x-${at + 1}: &x${at + 1} [${Array(10).fill(`*x${at}`).join(', ')}]`,
  )
  const [first] = await complaints(['x-0: &x0 [1, 2, 3]', ...lines].join('\n'))
  expect(first).toMatch(
    /^config\.yml:\d+: x-\d+\[\d\]: expected at most 100000 values, found more through aliases$/,
  )
})

test('a config nested beyond reason is refused', async () => {
  const [first] = await complaints(`x-a: ${'['.repeat(40)}${']'.repeat(40)}`)
  expect(first).toMatch(/: expected at most 32 levels$/)
  expect((await complaints('['.repeat(100_000)))[1]).toMatch(/not YAML: maximum call stack size exceeded/)
})

test('a file with thousands of problems is told by its first fifty', async () => {
  const lines = await complaints(Array.from({ length: 20_000 }, (_, at) => `key${at}: 1`).join('\n'))
  expect(lines).toHaveLength(51)
  expect(lines[0]).toBe('config.yml: 50 problems or more')
})

test('a top that is no map, and keys that are no words, are refused', async () => {
  expect(await complaints('- a')).toEqual(['config.yml: expected a map at the top, found a list'])
  expect(await complaints('just text')).toEqual(['config.yml: expected a map at the top, found text'])
  expect(await complaints('? [a]\n: b')).toEqual([
    'config.yml:1: not YAML: with stringKeys, all keys must be strings (column 3)',
  ])
  expect(await complaints(': b')).toEqual(['config.yml:1: expected a key before the colon, found nothing'])
})

test('a key that names a part of every object is a key like any other', async () => {
  expect(await complaints('x-a: {__proto__: {b: 1}, constructor: 2}\nworkers: [constructor]')).toEqual([
    'config.yml:2: workers[0]: expected the name of a worker, found no constructor',
  ])
  expect(await complaints('__proto__: {a: 1}')).toHaveLength(1)
})
