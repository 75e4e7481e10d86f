import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { isMissing, postgres15 } from '../support/postgres-15.ts'

describe.skipIf(isMissing)("Debian's server (needs PostgreSQL 15: apt-get install postgresql-15)", () => {
  test('takes the schema and is opened by its URL', async () => {
    await using server = await postgres15()
    const { host, port, user, password } = server
    const url = `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/postgres`
    await using database = await openDatabase({ kind: 'server', url })

    const [row] = await database.query(
      "select current_setting('server_version_num')::integer / 10000 as server",
    )
    expect(row).toEqual({ server: 15 })
    expect(await database.query('select from account')).toEqual([])
  })

  test('is given the password that was asked for at that connection, and never shown it', async () => {
    await using server = await postgres15()
    const { host, port, user } = server
    const passwords = ['hunter2', server.password]
    const open = () => {
      const password = () => Promise.resolve(passwords.shift() ?? server.password)
      return openDatabase({ kind: 'server', host, port, user, database: 'postgres', password })
    }

    await expect(open()).rejects.toThrow(
      `cannot open the database at ${host}:${port}/postgres: password authentication failed for user "${user}"`,
    )
    await using database = await open()
    await Promise.all([1, 2].map((tenths) => database.query('select pg_sleep($1)', [tenths / 10])))
    expect(passwords).toEqual([])
  })
})
