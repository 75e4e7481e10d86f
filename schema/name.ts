import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Persona } from './persona.ts'

const NameSchema = defineEntity({
  name: 'Name',
  uniques: [
    { name: 'name_of_account', properties: ['account', 'kind', 'value'], where: 'account_id is not null' },
    { name: 'name_of_persona', properties: ['persona', 'kind', 'value'], where: 'persona_id is not null' },
  ],
  properties: {
    id: p.uuid().primary(),
    account: p.manyToOne(Account).nullable().deleteRule('no action'),
    persona: p.manyToOne(Persona).nullable().deleteRule('no action'),
    kind: p.enum(['handle', 'display', 'manual']),
    value: p.text(),
    folded: p.text(),
    firstSeen: p.datetime(),
    lastSeen: p.datetime(),
  },
})

/** What an account was called, and when; or what the owner calls a persona (`manual`). A rename keeps the old name. */
export class Name extends NameSchema.class {}
NameSchema.setClass(Name)
