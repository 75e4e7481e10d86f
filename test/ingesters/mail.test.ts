import { rmSync } from 'node:fs'
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import mail from '../../ingesters/mail/index.ts'
import { ConfigError } from '../../src/errors.ts'
import { read } from './reading.ts'
import { inMbox, letter, mailRoom, subjects } from './mail-room.ts'

test('an mbox gives its messages in their order', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', ['one', 'two', 'three'].map((word) => inMbox(word)).join(''))
  expect((await subjects(path)).subjects).toEqual(['one', 'two', 'three'])
})

test('a path that is not there is named', async () => {
  expect(() => mail.options({ what: ['/no/such/mail'] }, 'ingest.mail')).toThrow(
    new ConfigError('ingest.mail.what', 'wanted a file or folder that is there, found none at /no/such/mail'),
  )
})

test('an mbox that grew is read on from where it ended', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', inMbox('one'))
  const { cursors } = await subjects(path)
  await appendFile(path, inMbox('two'))
  expect((await subjects(path, cursors)).subjects).toEqual(['two'])
})

test('a message that was still being written is read again when it is whole', async () => {
  await using room = await mailRoom()
  const whole = inMbox('two', 'A long letter.\n'.repeat(10))
  const path = await room.write('all.mbox', inMbox('one') + whole.slice(0, -50))
  const { cursors } = await subjects(path)
  await writeFile(path, inMbox('one') + whole + inMbox('three'))
  expect((await subjects(path, cursors)).subjects).toEqual(['two', 'three'])
})

test('an mbox that was cut short is read from the start', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', inMbox('one') + inMbox('two'))
  const { cursors } = await subjects(path)
  await writeFile(path, inMbox('one'))
  expect((await subjects(path, cursors)).subjects).toEqual(['one'])
})

test('an mbox that was rewritten is read from the start', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', inMbox('one') + inMbox('two'))
  const { cursors } = await subjects(path)
  await writeFile(path, inMbox('two') + inMbox('one') + inMbox('six'))
  expect((await subjects(path, cursors)).subjects).toEqual(['two', 'one', 'six'])
})

test('an interrupted read goes on behind the last message', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', inMbox('one') + inMbox('two') + inMbox('three'))
  const { cursors } = await subjects(path, new Map(), { after: () => 'stop' })
  expect((await subjects(path, cursors)).subjects).toEqual(['two', 'three'])
})

test('a gzipped mbox is read, and read on where it was left off', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox.gz', gzipSync(inMbox('one') + inMbox('two')))
  const { cursors } = await subjects(path, new Map(), { after: () => 'stop' })
  expect((await subjects(path)).subjects).toEqual(['one', 'two'])
  expect((await subjects(path, cursors)).subjects).toEqual(['two'])
})

test('a gzipped mbox that is cut off gives what is whole and sets the rest aside', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox.gz', gzipSync(inMbox('one') + inMbox('two')).subarray(0, -12))
  const { subjects: told, cursors } = await subjects(path)
  expect(told).toEqual([
    'one',
    'wanted a mail message, found one that is cut off (gz: unexpected end of file)',
  ])
  expect((await subjects(path, cursors)).subjects).toEqual([])
})

test('an xz-compressed mbox is read', async () => {
  const path = new URL('../fixtures/mail/garden.mbox.xz', import.meta.url).pathname
  expect((await subjects(path)).subjects).toHaveLength(3)
})

test('a file that is no mail is set aside', async () => {
  await using room = await mailRoom()
  const path = await room.write('notes', 'buy milk\n')
  expect((await subjects(path)).subjects).toEqual([
    'wanted a mail message, found one that has no mail header',
  ])
})

test('an empty file holds no message', async () => {
  await using room = await mailRoom()
  expect((await subjects(await room.write('empty.mbox', ''))).subjects).toEqual([])
})

test('a Maildir gives new and read letters, and its subfolders', async () => {
  await using room = await mailRoom()
  await room.write('new/1561973200.a.host', letter('new'))
  await room.write('cur/1561973100.b.host:2,S', letter('read'))
  await room.write('.Sent/cur/1561973300.c.host:2,S', letter('sent'))
  await mkdir(join(room.path, '.Sent/new'))
  expect((await subjects(room.path)).subjects).toEqual(['read', 'new', 'sent'])
})

test('a letter that was read or flagged is the same letter', async () => {
  await using room = await mailRoom()
  const path = await room.write('new/1561973200.a.host', letter('one'))
  await mkdir(join(room.path, 'cur'))
  const { cursors } = await subjects(room.path)
  await rename(path, join(room.path, 'cur/1561973200.a.host:2,FS'))
  expect((await subjects(room.path, cursors)).subjects).toEqual([])
})

test('a letter whose name sorts before all others is not missed', async () => {
  await using room = await mailRoom()
  await room.write('new/1561973200.a.host', letter('one'))
  await mkdir(join(room.path, 'cur'))
  const { cursors } = await subjects(room.path)
  await room.write('new/1561973100.b.host', letter('older'))
  expect((await subjects(room.path, cursors)).subjects).toContain('older')
})

test('only the stretch of a folder in which something changed is read again', async () => {
  await using room = await mailRoom()
  await mkdir(join(room.path, 'cur'))
  for (let at = 0; at < 1500; at++)
    await room.write(`new/${1_561_970_000 + at}.a.host`, letter(`letter-${at}`))
  const { cursors } = await subjects(room.path)
  await rm(join(room.path, 'new/1561971400.a.host'))
  const again = await subjects(room.path, cursors)
  expect(again.subjects).toHaveLength(499)
  expect((await subjects(room.path, again.cursors)).subjects).toEqual([])
})

test('a folder of letters is read with all folders below it', async () => {
  await using room = await mailRoom()
  await room.write('a.eml', letter('a'))
  await room.write('deep/down/b.txt', letter('b'))
  await room.write('deep/1', letter('c'))
  await room.write('deep/old.mbox', inMbox('d') + inMbox('e'))
  await room.write('README.txt', 'Nothing to see here.\n')
  const { subjects: told, cursors } = await subjects(room.path)
  expect(told.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect((await subjects(room.path, cursors)).subjects).toEqual([])
})

test('a letter that was rewritten is read again', async () => {
  await using room = await mailRoom()
  const path = await room.write('a.eml', letter('a'))
  const { cursors } = await subjects(room.path)
  await writeFile(path, letter('another'))
  expect((await subjects(room.path, cursors)).subjects).toEqual(['another'])
})

test('a letter that is gone before its turn is passed over', async () => {
  await using room = await mailRoom()
  for (let at = 0; at < 40; at++) await room.write(`${at}.eml`, letter(`letter-${at}`))
  const removed = join(room.path, '9.eml')
  const { subjects: told } = await subjects(room.path, new Map(), {
    after: (_, count) => {
      if (count === 1) rmSync(removed)
      return undefined
    },
  })
  expect(told).toHaveLength(39)
})

test('a message too large to be held is read by its beginning, and the next one after it', async () => {
  await using room = await mailRoom()
  const large = inMbox('large', 'All work and no play.\n'.repeat(2_000_000))
  const path = await room.write('all.mbox', inMbox('one') + large + inMbox('two'))
  const { subjects: told, cursors } = await subjects(path)
  expect(told).toEqual(['one', 'large', 'two'])
  expect((await subjects(path, cursors)).subjects).toEqual([])
})

test('a line that begins with From parts messages only where it looks like it', async () => {
  await using room = await mailRoom()
  const body =
    'Dear all,\n\nFrom now on we meet at 10:30, as in 2019.\n\nFrom Ann: hello\nSubject: none\n\n>From here.'
  const path = await room.write('all.mbox', inMbox('one', body) + inMbox('two'))
  const { found } = await read(mail, { what: [path] })
  expect(found).toHaveLength(2)
  expect(found[0]).toMatchObject({ text: body.replace('>From', 'From') })
})

test('a Content-Length that says where the message ends is believed', async () => {
  await using room = await mailRoom()
  const body = 'An old mbox:\n\nFrom bob@example.net Mon Jul  1 11:26:47 2019\nSubject: inner\n\nHi\n'
  const head = `From ann@example.org Mon Jul  1 11:26:47 2019\nSubject: outer\nContent-Length: ${body.length}\n\n`
  const path = await room.write('all.mbox', `${head}${body}\n${inMbox('two')}`)
  expect((await subjects(path)).subjects).toEqual(['outer', 'two'])
})

test('an mbox with the line ends of DOS is read like any other', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox', (inMbox('one') + inMbox('two')).replaceAll('\n', '\r\n'))
  const { found } = await read(mail, { what: [path] })
  expect(found).toMatchObject([{ text: 'The one letter.' }, { text: 'The two letter.' }])
})

test('an abort while a packed file is skipped ends the read', async () => {
  await using room = await mailRoom()
  const path = await room.write('all.mbox.gz', gzipSync(inMbox('one') + inMbox('two')))
  const { cursors } = await subjects(path, new Map(), { after: () => 'stop' })
  expect((await subjects(path, cursors, { signal: AbortSignal.abort() })).subjects).toEqual([])
})
