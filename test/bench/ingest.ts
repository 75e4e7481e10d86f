import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { embeddedConnection } from '../../src/database/embedded-connection.ts'
import { stopEmbedded } from '../../src/database/embedded.ts'
import { connect } from '../../src/database/connect.ts'
import { type Figure, median } from './figure.ts'
import { type Corpus, unpackLinuxMan } from './linux-man.ts'
import { isInstalled, timed, timedWithMemory } from './timed.ts'

const SKRODE = fileURLToPath(new URL('../../dist/skrode.js', import.meta.url))

/** One run of ours. */
interface Run {
  readonly seconds: number
  readonly againSeconds: number
  readonly peakMb: number
  readonly postgres: string
}

/** Reads linux-man with Skrode and with its peers, in turns. */
export async function measureIngest({ runs }: { readonly runs: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'skrode-bench-'))
  // Where root runs this, the server runs as somebody else.
  chmodSync(folder, 0o755)
  try {
    const corpus = unpackLinuxMan(folder)
    const ours: Run[] = []
    const theirs = PEERS.filter(({ program }) => isInstalled(program)).map((peer) => ({
      peer,
      seconds: [0].slice(1),
    }))
    for (let run = 0; run < runs; run++) {
      ours.push(await runSkrode(corpus, join(folder, `home-${run}`)))
      for (const { peer, seconds } of theirs) seconds.push(peer.run(corpus, folder))
    }
    const peers = new Map(
      theirs.map(({ peer, seconds }) => [peer.program, corpus.messages / median(seconds)]),
    )
    return { figures: figuresOf(corpus, ours, peers), postgres: ours[0]?.postgres ?? 'unknown' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A program that does comparable work, and the goal against it. */
const PEERS = [
  { program: 'notmuch', shown: 'notmuch new', atLeast: 6, run: runNotmuch },
  { program: 'mu', shown: 'mu index', atLeast: 3, run: runMu },
] as const

/** Starting and migrating an empty database is set-up; the ingest is measured as a whole process. */
async function runSkrode({ mbox, messages }: Corpus, home: string): Promise<Run> {
  const env = { ...process.env, SKRODE_HOME: home, SKRODE_DATABASE_URL: '' }
  timed(process.execPath, [SKRODE, 'status'], env)
  const first = timedWithMemory([SKRODE, 'ingest', 'mail', '--json', mbox], env)
  const again = timed(process.execPath, [SKRODE, 'ingest', 'mail', '--json', mbox], env)
  const tally: { seen: number } = JSON.parse(first.stdout)
  if (tally.seen !== messages) throw new Error(`expected ${messages} messages, found ${first.stdout}`)
  const postgres = await durableServer(home)
  await stopEmbedded(home)
  rmSync(home, { recursive: true, force: true })
  return { seconds: first.seconds, againSeconds: again.seconds, peakMb: first.peakMb, postgres }
}

/** The server's version; throws where it would lose what it has committed. */
async function durableServer(home: string): Promise<string> {
  await using database = connect(embeddedConnection(home))
  const [row] = await database.query<{ fsync: string; commit: string; version: string }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('server_version') as version`,
  )
  if (row?.fsync !== 'on' || row.commit === 'off')
    throw new Error(`expected a durable server, found ${JSON.stringify(row)}`)
  return row.version
}

function runNotmuch({ maildir }: Corpus, folder: string): number {
  const config = join(folder, 'notmuch.conf')
  writeFileSync(
    config,
    `[database]\npath=${maildir}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=\n`,
  )
  const { seconds } = timed('notmuch', ['new', '--quiet'], { ...process.env, NOTMUCH_CONFIG: config })
  rmSync(join(maildir, '.notmuch'), { recursive: true })
  return seconds
}

function runMu({ maildir }: Corpus, folder: string): number {
  const home = join(folder, 'mu')
  timed('mu', ['init', '--quiet', `--muhome=${home}`, `--maildir=${maildir}`])
  const { seconds } = timed('mu', ['index', '--quiet', `--muhome=${home}`])
  rmSync(home, { recursive: true })
  return seconds
}

function figuresOf({ messages }: Corpus, ours: readonly Run[], peers: ReadonlyMap<string, number>): Figure[] {
  const value = messages / median(ours.map(({ seconds }) => seconds))
  return [
    ...PEERS.map((peer) => against(peer, value, peers.get(peer.program))),
    {
      name: 'ingest of linux-man, whole process',
      value: messages / value,
      unit: 's',
      note: `${messages} messages, median of ${ours.length}`,
    },
    {
      name: 'the same file again',
      value: median(ours.map(({ againSeconds }) => againSeconds)),
      unit: 's',
      goal: { of: 'value', bound: 'at most', than: 1 },
    },
    {
      name: 'peak resident memory of the ingesting process',
      value: Math.max(...ours.map(({ peakMb }) => peakMb)),
      unit: 'MB',
      goal: { of: 'value', bound: 'at most', than: 300 },
    },
  ]
}

function against({ program, shown, atLeast }: (typeof PEERS)[number], value: number, peer?: number): Figure {
  const figure = {
    name: `ingest of linux-man against ${shown}`,
    value,
    unit: 'messages/s',
    goal: { of: 'ratio', bound: 'at least', than: atLeast },
  } as const
  if (peer === undefined) return { ...figure, note: `no peer: ${program} is not installed` }
  return { ...figure, peer: { name: shown, value: peer }, ratio: value / peer }
}
