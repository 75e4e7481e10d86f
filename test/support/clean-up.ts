import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import { stopEmbedded } from '../../src/database/embedded.ts'

const { home, url, template } = JSON.parse(process.argv[2] ?? '')

// The test run holds the other end; it closes when the run ends, be it by Ctrl-C or by kill -9.
process.stdin.resume()
await once(process.stdin, 'close')

if (url) {
  await using database = connect({ connectionString: url })
  await database.query(`drop database if exists ${template} with (force)`, [], 'once')
}
await stopEmbedded(home)
if (!existsSync(join(home, 'kept'))) await rm(home, { recursive: true, force: true })
