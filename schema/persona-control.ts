import { defineEntity, p } from '@mikro-orm/core'
import { Human } from './human.ts'
import { Persona } from './persona.ts'

const PersonaControlSchema = defineEntity({
  name: 'PersonaControl',
  uniques: [
    { name: 'persona_control_open', properties: ['human', 'persona', 'role'], where: 'until is null' },
    { name: 'persona_control_one_owner', properties: ['persona'], where: "until is null and role = 'owns'" },
  ],
  properties: {
    id: p.uuid().primary(),
    human: p.manyToOne(Human),
    persona: p.manyToOne(Persona),
    role: p.enum(['owns', 'participates', 'suspected']),
    since: p.datetime(),
    until: p.datetime().nullable(),
  },
})

/** Who is behind a persona, from when to when. One human at a time `owns` it; several may participate in it. */
export class PersonaControl extends PersonaControlSchema.class {}
PersonaControlSchema.setClass(PersonaControl)
