import { accountKey, channelKey, postKey } from '../../src/record/key.ts'
import type { AccountMet, ChannelMet, PostSeen } from '../../src/record/observation.ts'

/** Someone of the tests, as mail would meet them: `person('ann', 'Ann Arbour')` is ann@example.org. */
export function person(local: string, display?: string): AccountMet {
  const address = `${local}@example.org`
  return {
    key: accountKey('mail', address),
    names: [
      { kind: 'handle', value: address },
      ...(display ? [{ kind: 'display', value: display } as const] : []),
    ],
    claims: [{ kind: 'email', value: address, how: 'profile' }],
  }
}

/** A mailing list of the tests. */
export function list(name: string): ChannelMet {
  return { key: channelKey('mail', `${name}.example.org`), kind: 'mailing-list', title: name }
}

/** The key of the mail with this id. */
export function mail(id: string): PostSeen['key'] {
  return postKey('mail', `${id}@example.org`)
}

/** A mail of the tests: whatever is not told is the same for all. */
export function said(id: string, told: Partial<PostSeen> = {}): PostSeen {
  const sentAt = told.sentAt ?? at(1)
  return {
    kind: 'post',
    key: mail(id),
    sentAt,
    sentAtFrom: 'sent',
    asOf: sentAt,
    text: `text of ${id}`,
    receivers: [],
    relations: [],
    links: [],
    attachments: [],
    raw: Buffer.from(`payload of ${id}`),
    ...told,
  }
}

/** Noon of a day of March 2024. */
export function at(day: number): Date {
  return new Date(Date.UTC(2024, 2, day, 12))
}
