import { defineEntity, p } from '@mikro-orm/core'

const PersonaSchema = defineEntity({
  name: 'Persona',
  properties: {
    id: p.uuid().primary(),
    mergedInto: () => p.manyToOne(Persona).nullable().deleteRule('no action').fieldName('merged_into'),
  },
})

/**
 * One face of a human: professional, private, a brand. Every account starts with one of its own. One that was merged
 * away stays, so that its id still resolves, and says into which.
 */
export class Persona extends PersonaSchema.class {}
PersonaSchema.setClass(Persona)
