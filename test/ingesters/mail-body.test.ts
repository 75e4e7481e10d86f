import { expect, test } from 'vitest'
import { post } from './mail-room.ts'

function message(headers: readonly string[], body: string): Promise<Awaited<ReturnType<typeof post>>> {
  return post(`From: ann@example.org\n${headers.join('\n')}\n\n${body}`)
}

function plain(body: string): Promise<Awaited<ReturnType<typeof post>>> {
  return message(['Content-Type: text/plain; charset=utf-8'], body)
}

test.each([
  ['On Mon, 1 Jul 2019 at 11:26, Ann Smith <ann@example.org> wrote:'],
  ['On Mon, 1 Jul 2019 at 11:26, Ann Smith <ann@example.org>\nwrote:'],
  ['Am 01.07.19 um 11:26 schrieb Ann Smith:'],
  ['Le lun. 1 juil. 2019 à 11:26, Ann Smith <ann@example.org> a écrit :'],
  ['Ann Smith <ann@example.org> writes:\n'],
  ['* Ann Smith <ann@example.org> [2019-07-01 11:26]:'],
])('what others wrote is told from the answer below %j', async (attribution) => {
  const { text, quoted } = await plain(`Thanks.\n\n${attribution}\n> Peas\n> > Beans\n\nIn March.\n`)
  expect(text).toBe('Thanks.\n\n\nIn March.')
  expect(quoted).toBe(`${attribution}\nPeas\n> Beans`)
})

test('a sentence that ends in a colon is the author’s own', async () => {
  const { text } = await plain('I sow these:\n> peas\n')
  expect(text).toBe('I sow these:')
})

test.each([
  '-----Original Message-----',
  '---------- Forwarded message ---------',
  'Begin forwarded message:',
  'From: Bob <bob@example.net>\nSent: Monday, July 1, 2019\nTo: Ann\nSubject: Peas',
])('what stands below %j is another message', async (separator) => {
  const { text, quoted } = await plain(`See below.\n\n${separator}\n\nPeas in March.\n`)
  expect([text, quoted?.endsWith('Peas in March.')]).toEqual(['See below.', true])
})

test('the headers in front of a patch are the author’s own', async () => {
  const patch = 'From: Bob <bob@example.net>\nSubject: Fix it\n\nIt was broken.'
  expect((await plain(patch)).text).toBe(patch)
})

test('the signature is told from the message, and from what is quoted below it', async () => {
  const { text, quoted, signature } = await plain('Hello\n-- \nAnn\n\nOn 1 Jul 2019, Bob wrote:\n> Hi\n')
  expect([text, quoted, signature]).toEqual(['Hello', 'On 1 Jul 2019, Bob wrote:\nHi', '-- \nAnn'])
})

test('the footer of a list is no word of the author', async () => {
  const { text, signature } = await plain(`Hello\n${'_'.repeat(47)}\nGarden mailing list\n`)
  expect([text, signature?.includes('Garden mailing list')]).toEqual(['Hello', true])
})

test('lines that were wrapped for the way are joined', async () => {
  const { text } = await message(['Content-Type: text/plain; format=flowed'], 'One \nline.\nAnother.\n')
  expect(text).toBe('One line.\nAnother.')
})

test.each([
  ['text/plain; charset=koi8-r', 'quoted-printable', '=F0=D2=C9=D7=C5=D4', 'Привет'],
  ['text/plain; charset=shift_jis', 'base64', 'gqCCooKk', 'あいう'],
  ['text/plain; charset=iso-2022-jp', 'base64', 'GyRCJCIkJCQmGyhC', 'あいう'],
  ['text/plain; charset=us-ascii', 'quoted-printable', 'M=E4rz', 'März'],
  ['text/plain; charset=no-such-charset', '8bit', 'plain', 'plain'],
])('%s in %s is decoded', async (type, encoding, body, expected) => {
  const { text } = await message(
    [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`],
    `${body}\n`,
  )
  expect(text).toBe(expected)
})

test('HTML alone becomes readable text, its quotations quoted and its links kept', async () => {
  const { text, quoted, links } = await message(
    ['Content-Type: text/html; charset=utf-8'],
    '<h1>Peas</h1><p>See <a href="https://garden.example/a?x=1&amp;utm_source=b">this</a>.</p><blockquote>Beans</blockquote>',
  )
  expect([text, quoted, links]).toEqual(['Peas\n\nSee this.', 'Beans', ['https://garden.example/a?x=1']])
})

test('the plain one of two alternatives is read, and the links of both are kept', async () => {
  const { text, links } = await message(
    ['Content-Type: multipart/alternative; boundary=b'],
    '--b\n\nSee https://a.example/\n--b\nContent-Type: text/html\n\n<a href="https://b.example/">See</a>\n--b--\n',
  )
  expect([text, links]).toEqual(['See https://a.example/', ['https://a.example/', 'https://b.example/']])
})

test('attachments are listed by name, type and size', async () => {
  const { attachments } = await message(
    ['Content-Type: multipart/mixed; boundary=b'],
    [
      '--b\n\nHello',
      "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''m%C3%A4rz.pdf\nContent-Transfer-Encoding: base64\n\nAAAA",
      '--b\nContent-Type: text/calendar; name="=?utf-8?q?m=C3=A4rz?=.ics"\n\nBEGIN:VCALENDAR',
      '--b\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml\n\nSubject: old\n\nold',
      '--b--\n',
    ].join('\n'),
  )
  expect(attachments).toEqual([
    { type: 'application/pdf', size: 3, name: 'märz.pdf' },
    { type: 'text/calendar', size: 15, name: 'märz.ics' },
    { type: 'message/rfc822', size: 17, name: 'old.eml' },
  ])
})

test('HTML nested without end and parts nested without end are read in no time', async () => {
  const nested = Array.from(
    { length: 3000 },
    (_, at) => `--b${at}\nContent-Type: multipart/mixed; boundary=b${at + 1}\n\n`,
  )
  const before = performance.now()
  const { text } = await message(['Content-Type: text/html'], `${'<b>'.repeat(150_000)}deep`)
  await post(`From: ann@example.org\nContent-Type: multipart/mixed; boundary=b0\n\n${nested.join('')}`).catch(
    () => undefined,
  )
  expect(text).toContain('deep')
  expect(performance.now() - before).toBeLessThan(3000)
})

test('the raw message is kept up to its first MiB', async () => {
  const { raw, text } = await plain('word '.repeat(500_000))
  expect([raw.length, text.length]).toEqual([1024 * 1024, 999_999])
})
