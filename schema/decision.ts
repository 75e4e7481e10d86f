import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Persona } from './persona.ts'

const DecisionSchema = defineEntity({
  name: 'Decision',
  properties: {
    id: p.uuid().primary(),
    leftAccount: p.manyToOne(Account).nullable().deleteRule('no action'),
    rightAccount: p.manyToOne(Account).nullable().deleteRule('no action'),
    leftPersona: p.manyToOne(Persona).nullable().deleteRule('no action'),
    rightPersona: p.manyToOne(Persona).nullable().deleteRule('no action'),
    verdict: p.enum(['same', 'different']),
    byWhom: p.text(),
    at: p.datetime(),
  },
})

/** The owner's word that two accounts, or two personas, are the same or are not. It outranks every heuristic. */
export class Decision extends DecisionSchema.class {}
DecisionSchema.setClass(Decision)
