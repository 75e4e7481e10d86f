import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Channel } from './channel.ts'

const MembershipSchema = defineEntity({
  name: 'Membership',
  uniques: [{ name: 'membership_open', properties: ['account', 'channel'], where: 'until is null' }],
  properties: {
    id: p.uuid().primary(),
    account: p.manyToOne(Account),
    channel: p.manyToOne(Channel),
    since: p.datetime(),
    until: p.datetime().nullable(),
  },
})

/** An account is in a channel from `since` to `until`; one open interval at most. */
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership)
