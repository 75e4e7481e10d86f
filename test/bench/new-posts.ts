import { accountKey, channelKey, postKey } from '../../src/record/key.ts'
import type { PostSeen } from '../../src/record/observation.ts'
import { seeded } from './random.ts'
import { writer } from './words.ts'

/** Invented mails that no store has seen: of 50 people on one list, in threads, 120 words each. */
export function newPosts(count: number, run: number): PostSeen[] {
  const random = seeded(run + 1)
  const write = writer(20_000, random)
  return Array.from({ length: count }, (_, index): PostSeen => {
    const sentAt = new Date(Date.UTC(2026, 0, 1) + (run * count + index) * 60_000)
    const local = `writer${random.below(50)}`
    const parent =
      index > 0 && random.chance(0.7)
        ? postKey('mail', `${run}.${random.below(index)}@bench.test`)
        : undefined
    const text = write(120)
    return {
      kind: 'post',
      key: postKey('mail', `${run}.${index}@bench.test`),
      author: { key: accountKey('mail', `${local}@bench.test`), names: [{ kind: 'display', value: local }] },
      channel: { key: channelKey('mail', 'list.bench.test'), kind: 'mailing-list' },
      sentAt,
      sentAtFrom: 'sent',
      asOf: sentAt,
      title: write(6),
      text,
      receivers: [],
      relations: parent ? [{ kind: 'reply', to: parent }] : [],
      links: [],
      attachments: [],
      raw: Buffer.from(text),
    }
  })
}
