import { expect, test } from 'vitest'
import { post, postWith } from './mail-room.ts'

const BASE = [
  'From: Ann Smith <ann@example.org>',
  'Date: Mon, 1 Jul 2019 11:26:47 +0200',
  'Message-ID: <a@example.org>',
]

test('a message is known by its Message-ID and told from others that bear it', async () => {
  const { key, identity, keyIfTaken } = await postWith(...BASE, 'Subject: Peas')
  expect(key).toBe('mail+post:a@example.org')
  expect(keyIfTaken).toBe(`mail+post:a@example.org#${identity?.slice(0, 12)}`)
  expect((await postWith(...BASE, 'Subject: Beans')).identity).not.toBe(identity)
})

test('the copy that came through a list has the identity of the one that did not', async () => {
  const direct = await postWith(...BASE, 'Subject: Peas')
  const listed = await postWith(...BASE, 'Subject: [garden] Peas', 'List-Id: <garden.example.org>')
  expect(listed.identity).toBe(direct.identity)
})

test('a message without a Message-ID gets the same one in every copy', async () => {
  const one = await post('From: ann@example.org\nSubject: Peas\n\nHello\n')
  const other = await post('Received: by mx\r\nFrom: ann@example.org\r\nSubject: Peas\r\n\r\nHello\r\n')
  expect(one.key).toMatch(/^mail\+post:sha256-[0-9a-f]{40}@missing\.invalid$/)
  expect(other.key).toBe(one.key)
})

test('In-Reply-To names the parent and References the thread above it', async () => {
  const { relations, ancestors } = await postWith(
    ...BASE,
    'In-Reply-To: <c@example.org>',
    'References: <r@example.org> <b@example.org>',
    '\t<b@example.org> <c@example.org>',
  )
  expect(relations).toEqual([{ kind: 'reply', to: 'mail+post:c@example.org' }])
  expect(ancestors).toEqual(['mail+post:r@example.org', 'mail+post:b@example.org', 'mail+post:c@example.org'])
})

test('phrases and addresses in In-Reply-To name nothing', async () => {
  const { relations } = await postWith(
    ...BASE,
    'To: Bob <bob@example.net>',
    'In-Reply-To: message from Bob <bob@example.net> of "Mon, 1 Jul"',
    'References: <b@example.org>',
  )
  expect(relations).toEqual([{ kind: 'reply', to: 'mail+post:b@example.org' }])
})

test('a long thread keeps its root and its nearest posts', async () => {
  const ids = Array.from({ length: 80 }, (_, at) => `<${at}@example.org>`)
  const { ancestors } = await postWith(...BASE, `References: ${ids.join(' ')}`)
  expect(ancestors).toHaveLength(50)
  expect([ancestors?.[0], ancestors?.at(-1)]).toEqual(['mail+post:0@example.org', 'mail+post:79@example.org'])
})

test('receivers are met once each, in lower case, groups opened', async () => {
  const { receivers } = await postWith(
    ...BASE,
    'To: Team: Bob <BOB@example.net>, "Berg, Eva" <eva@example.net>;, undisclosed-recipients:;',
    'Cc: bob@example.net, =?utf-8?q?J=C3=BCrgen?= <juergen@b\u00fccher.example>',
  )
  expect(receivers.map(({ kind, account }) => [kind, account.key, account.names.at(-1)?.value])).toEqual([
    ['to', 'mail+user:bob@example.net', 'Bob'],
    ['to', 'mail+user:eva@example.net', 'Berg, Eva'],
    ['cc', 'mail+user:juergen@bücher.example', 'Jürgen'],
  ])
})

test('an address is the handle of its account and its e-mail claim', async () => {
  const { author } = await postWith('From: "ann@example.org" <Ann@Example.org>')
  expect(author).toEqual({
    key: 'mail+user:ann@example.org',
    names: [{ kind: 'handle', value: 'ann@example.org' }],
    claims: [{ kind: 'email', value: 'ann@example.org', how: 'profile' }],
  })
})

test.each([
  'ann at example.org (Ann Smith)',
  'ann(a)example.org (Ann Smith)',
  'ann at example dot org (Ann Smith)',
])('the mask is taken off %s', async (from) => {
  const { author } = await postWith(`From: ${from}`)
  expect(author?.key).toBe('mail+user:ann@example.org')
  expect(author?.names.at(-1)).toEqual({ kind: 'display', value: 'Ann Smith' })
})

test('an address hidden in an encoded word is no address', async () => {
  expect((await postWith('From: =?utf-8?Q?ceo=40bank.example?=@example.org')).author).toBeUndefined()
})

test('a message without From is by its Sender, or by nobody', async () => {
  expect((await postWith('Sender: ann@example.org', 'Subject: a')).author?.key).toBe(
    'mail+user:ann@example.org',
  )
  expect('author' in (await postWith('Subject: a'))).toBe(false)
})

const LIST = ['List-Id: Gardeners <garden.lists.example.org>', 'List-Post: <mailto:garden@lists.example.org>']
const VIA = 'From: Ann Smith via garden <garden@lists.example.org>'

test('a list that rewrites From gives the author that it names elsewhere', async () => {
  const authors = [
    await postWith(VIA, ...LIST, 'X-Original-From: Ann Smith <ann@example.org>'),
    await postWith(VIA, ...LIST, 'Reply-To: Garden <garden@lists.example.org>, Ann Smith <ann@example.org>'),
    await postWith(VIA, ...LIST, 'Cc: Bob <bob@example.net>, Ann Smith <ann@example.org>'),
    await postWith('From: ann@example.org via garden <garden@lists.example.org>', ...LIST),
    await postWith(
      "From: 'Ann Smith' via garden <garden@lists.example.org>",
      ...LIST,
      'X-Original-Sender: ann@example.org',
    ),
    await postWith('From: Ann Smith <ann=40example.org@dmarc.example.net>', ...LIST),
  ]
  expect(authors.map(({ author }) => author?.key)).toEqual(authors.map(() => 'mail+user:ann@example.org'))
})

test('the people of a list that hides their addresses stay apart and claim no address', async () => {
  const ann = await postWith(VIA, ...LIST)
  const bob = await postWith(
    'From: Bob <garden@lists.example.org>',
    ...LIST,
    'Reply-To: garden@lists.example.org',
  )
  expect([ann.author, bob.author]).toEqual([
    { key: 'mail+user:garden@lists.example.org#ann smith', names: [{ kind: 'display', value: 'Ann Smith' }] },
    { key: 'mail+user:garden@lists.example.org#bob', names: [{ kind: 'display', value: 'Bob' }] },
  ])
})

test('a list that writes in its own name is its own author', async () => {
  const { author } = await postWith('From: Gardeners <garden@lists.example.org>', ...LIST)
  expect(author?.key).toBe('mail+user:garden@lists.example.org')
})

test.each([
  ['List-Id: Gardeners <garden.lists.example.org>', 'Gardeners'],
  ['List-Id: <GARDEN.lists.example.org>', undefined],
  ['Mailing-List: list garden@lists.example.org; contact owner@lists.example.org', undefined],
  ['X-Mailing-List: <garden@lists.example.org> archive/latest/1', undefined],
])('%s names the channel', async (header, title) => {
  const { channel } = await postWith(...BASE, header)
  expect(channel).toEqual({
    key: 'mail+channel:garden.lists.example.org',
    kind: 'mailing-list',
    ...(title && { title }),
  })
})

test.each([
  ['Mon, 1 Jul 2019 11:26:47 +0200 (CEST)', '2019-07-01T09:26:47.000Z'],
  ['1 Jul 19 11:26 EST', '2019-07-01T16:26:00.000Z'],
  ['Mon Jul  1 11:26:47 2019', '2019-07-01T11:26:47.000Z'],
  ['2019-07-01T11:26:47Z', '2019-07-01T11:26:47.000Z'],
  ['Mon, 01-Jul-2019 11.26.47 GMT', '2019-07-01T11:26:47.000Z'],
])('the date %s is read', async (date, expected) => {
  const { sentAt, sentAtFrom } = await postWith('From: ann@example.org', `Date: ${date}`)
  expect([sentAt.toISOString(), sentAtFrom]).toEqual([expected, 'sent'])
})

test.each([
  'Date: yesterday',
  'Date: Thu, 1 Jan 1970 00:00:00 +0000',
  'Date: Tue, 1 Jul 2031 11:26:47 +0000',
  'Subject: none',
])('the newest Received header replaces the date of %s', async (header) => {
  const { sentAt, sentAtFrom, asOf } = await postWith(
    'Received: from a by b; Mon, 1 Jul 2019 11:30:00 +0000',
    'Received: from c by a; Mon, 1 Jul 2019 11:20:00 +0000',
    header,
  )
  expect([sentAt.toISOString(), sentAtFrom, asOf]).toEqual(['2019-07-01T11:30:00.000Z', 'received', sentAt])
})

test('a message without any date has the one of its mailbox, or the beginning of 1970', async () => {
  const came = new Date('2019-07-01T00:00:00Z')
  expect(await post('Subject: a\n\nb\n', came)).toMatchObject({ sentAt: came, sentAtFrom: 'guessed' })
  expect(await post('Subject: a\n\nb\n')).toMatchObject({ sentAt: new Date(0), sentAtFrom: 'guessed' })
})

test('raw 8-bit subjects are read as UTF-8, or as Windows-1252', async () => {
  const inLatin1 = Buffer.concat([Buffer.from('Subject: M'), Buffer.from([0xe4]), Buffer.from('rz\n\nb\n')])
  expect((await post('Subject: März\n\nb\n')).title).toBe('März')
  expect((await post(inLatin1)).title).toBe('März')
})

test('a header that no colon ends and control characters do no harm', async () => {
  const { title, author } = await post('Subject: a\u0007b\nno header at all\nFrom: ann@example.org\n\nc\n')
  expect([title, author?.key]).toEqual(['a b', 'mail+user:ann@example.org'])
})
