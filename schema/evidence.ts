import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'

const EvidenceSchema = defineEntity({
  name: 'Evidence',
  uniques: [
    {
      name: 'evidence_standing',
      properties: ['left', 'right', 'heuristic', 'source'],
      where: 'withdrawn_at is null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    left: p.manyToOne(Account),
    right: p.manyToOne(Account),
    heuristic: p.text(),
    weight: p.type('number').columnType('real'),
    because: p.text(),
    source: p.text(),
    seenAt: p.datetime(),
    withdrawnAt: p.datetime().nullable(),
  },
})

/**
 * Why two accounts may be one: which heuristic saw it, how much it weighs (log-odds) and a sentence with the reason.
 * Never overwritten; withdrawn when its source is. `left` has the smaller id.
 */
export class Evidence extends EvidenceSchema.class {}
EvidenceSchema.setClass(Evidence)
