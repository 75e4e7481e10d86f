import { defineEntity, p } from '@mikro-orm/core'
import { Persona } from './persona.ts'
import { Service } from './service.ts'

const AccountSchema = defineEntity({
  name: 'Account',
  properties: {
    id: p.uuid().primary(),
    service: p.manyToOne(Service),
    key: p.text().unique(),
    persona: p.manyToOne(Persona),
    firstSeen: p.datetime(),
    lastSeen: p.datetime(),
    asOf: p.datetime().nullable(),
    raw: p.blob().nullable(),
  },
})

/**
 * A presence on one service. `key` is the stable one that every command prints and accepts; what the account calls
 * itself changes and is kept as names.
 */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account)
