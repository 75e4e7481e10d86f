import { defineEntity, p } from '@mikro-orm/core'

const HumanSchema = defineEntity({
  name: 'Human',
  properties: {
    id: p.uuid().primary(),
  },
})

/** Somebody of flesh and blood: an identifier that never changes, and nothing else. Personas are what is known of them. */
export class Human extends HumanSchema.class {}
HumanSchema.setClass(Human)
