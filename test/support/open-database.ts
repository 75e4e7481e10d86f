import { openDatabase } from '../../src/database/open.ts'

// A command in its smallest form: opens the embedded database of the home it is given, and says which server it met.
await using database = await openDatabase({ kind: 'embedded', home: process.argv[2] ?? '' })
const rows = await database.query(`
  select pg_postmaster_start_time()::text as server, (select max(version) from schema_version) as version`)
process.stdout.write(JSON.stringify(rows[0]))
