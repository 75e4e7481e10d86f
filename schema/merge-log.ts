import { defineEntity, p } from '@mikro-orm/core'
import { Persona } from './persona.ts'

const MergeLogSchema = defineEntity({
  name: 'MergeLog',
  properties: {
    id: p.uuid().primary(),
    kept: p.manyToOne(Persona),
    gone: p.manyToOne(Persona),
    moved: p.json<unknown>(),
    at: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
})

/** What a merge moved and from where, so that undoing it restores the rows exactly. */
export class MergeLog extends MergeLogSchema.class {}
MergeLogSchema.setClass(MergeLog)
