import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'

const AccountRelationSchema = defineEntity({
  name: 'AccountRelation',
  uniques: [{ name: 'account_relation_open', properties: ['from', 'to', 'kind'], where: 'until is null' }],
  properties: {
    id: p.uuid().primary(),
    from: p.manyToOne(Account),
    to: p.manyToOne(Account),
    kind: p.enum(['follows', 'blocks', 'ignores']),
    since: p.datetime(),
    until: p.datetime().nullable(),
  },
})

/** One account follows, blocks or ignores another from `since` to `until`; one open interval at most. */
export class AccountRelation extends AccountRelationSchema.class {}
AccountRelationSchema.setClass(AccountRelation)
