import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import { stopEmbedded } from '../../src/database/embedded.ts'

const [, , home = '', template = '', url] = process.argv

// The test run holds the other end of the pipe; it closes when the run ends, be it by Ctrl-C or by kill -9.
process.stdin.resume()
await once(process.stdin, 'close')

if (url) {
  await using database = connect({ connectionString: url })
  await database.query(`drop database if exists ${template} with (force)`, [], 'once')
}
const homes = existsSync(join(home, 'homes')) ? readdirSync(join(home, 'homes')) : []
for (const name of homes) await stopEmbedded(join(home, 'homes', name))
await stopEmbedded(home)
if (!existsSync(join(home, 'kept'))) await rm(home, { recursive: true, force: true })
