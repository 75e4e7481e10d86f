import mail from '../../ingesters/mail/index.ts'
import { connect } from '../../src/database/connect.ts'
import { ingest } from '../../src/store/ingest.ts'

// A process of its own for the tests that kill it: `ingest-mbox.ts URL FILE` reads an mbox as `skrode ingest mail` does.
const [url = '', file = ''] = process.argv.slice(2)
await using database = connect({ connectionString: url })
const tally = await ingest(database, mail, mail.options({ what: [file] }, 'test'), {
  source: 'mail',
  signal: new AbortController().signal,
  now: () => new Date('2024-04-01T00:00:00Z'),
  stored: () => process.stdout.write('.'),
})
process.stdout.write(JSON.stringify(tally))
