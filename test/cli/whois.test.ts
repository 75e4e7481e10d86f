import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { testDatabase } from '../support/database.ts'
import { addHuman, addPersona } from '../support/people.ts'
import { skrode } from './skrode.ts'

test('prints one YAML document for each human or persona, in the promised order of keys', async () => {
  await using database = await testDatabase()
  const [first, second] = [
    '1ac45ba0-d0f5-484f-8d6b-fa10ac1bd688',
    '1ac45ba0-d0f5-484f-8d6b-fa10ac1bd689',
  ] as const
  await addPersona(
    database,
    [['github+user:somehandle', { handle: 'somehandle', display: 'Some Name' }]],
    first,
  )
  await addPersona(database, [['twitter+user:7', { handle: '@some: "body"' }]], second)
  const human = await addHuman(database, { owns: [first] })

  const { code, stdout } = await skrode(['whois', 'some'], { env: { SKRODE_DATABASE_URL: database.url } })
  expect(stdout).toBe(`---
human: ${human}
personas:
  - persona: ${first}
    names:
      - somehandle
      - Some Name
    accounts:
      - service: github
        foreign key: github+user:somehandle
        names:
          - somehandle
          - Some Name
        first seen: "2024-01-01T00:00:00.000Z"
        last seen: "2024-03-05T00:00:00.000Z"
---
persona: ${second}
names:
  - "@some: \\"body\\""
accounts:
  - service: twitter
    foreign key: twitter+user:7
    names:
      - "@some: \\"body\\""
    first seen: "2024-01-01T00:00:00.000Z"
    last seen: "2024-03-05T00:00:00.000Z"
`)
  expect(code).toBe(0)
})

test('prints the same as JSON, and as many people as asked for', async () => {
  await using database = await testDatabase()
  for (const handle of ['ann', 'annabel', 'annika'])
    await addPersona(database, [[`github+user:${handle}`, { handle }]])
  const given = { env: { SKRODE_DATABASE_URL: database.url } }

  const json = await skrode(['whois', '--json', '-l', '2', 'ann'], given)
  const yaml = await skrode(['whois', '-l', '2', 'ann'], given)
  expect(JSON.parse(json.stdout)).toMatchObject([{ names: ['ann'] }, { names: ['annika'] }])
  expect(parseAllDocuments(yaml.stdout).map((document) => document.toJS())).toEqual(JSON.parse(json.stdout))
})

test('says on stderr that nobody matches, and ends with 3', async () => {
  await using database = await testDatabase()
  const { code, stdout, stderr } = await skrode(['whois', 'no', 'body'], {
    env: { SKRODE_DATABASE_URL: database.url },
  })
  expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: '', stderr: 'nobody matches no body\n' })
})
