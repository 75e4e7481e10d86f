import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'

const ClaimSchema = defineEntity({
  name: 'Claim',
  uniques: [{ properties: ['account', 'kind', 'value', 'how'] }],
  properties: {
    id: p.uuid().primary(),
    account: p.manyToOne(Account),
    kind: p.enum(['email', 'url', 'phone', 'handle', 'pgp', 'avatar']),
    value: p.text(),
    how: p.enum(['profile', 'proof', 'content']),
    verified: p.boolean().default(false),
    firstSeen: p.datetime(),
    lastSeen: p.datetime(),
  },
})

/** What an account says of itself: an address, a homepage, a key. Evidence starts here. */
export class Claim extends ClaimSchema.class {}
ClaimSchema.setClass(Claim)
