import type { Sql } from '../../database/sql.ts'
import { type AccountCard, accountsOf } from './accounts.ts'
import type { Match } from './find.ts'

/** What is known of somebody: a human with the personas they present, or a persona that nobody is known to own. */
export type Card = HumanCard | PersonaCard

export interface HumanCard {
  readonly kind: 'human'
  readonly id: string
  /** Their own first, then those that they only take part in. */
  readonly personas: readonly PersonaCard[]
  /** How many personas are not shown. */
  readonly morePersonas: number
}

export interface PersonaCard {
  readonly kind: 'persona'
  readonly id: string
  /** The human takes part in this persona and does not own it. */
  readonly participates: boolean
  /** Each once: those that the owner gave, then handles, then what people read. */
  readonly names: readonly string[]
  /** In the order of their keys. */
  readonly accounts: readonly AccountCard[]
  /** How many accounts are not shown. */
  readonly moreAccounts: number
}

/** More personas of one human than a page holds. */
const MOST_PERSONAS = 100

/** The cards of these people, in their order. */
export async function cardsOf(sql: Sql, matches: readonly Match[]): Promise<Card[]> {
  const humans = matches.flatMap(({ human }) => (human === undefined ? [] : [human]))
  const presented = await presentedBy(sql, humans)
  const personas = new Set(presented.map(({ persona }) => persona))
  for (const { persona, human } of matches) if (persona && human === undefined) personas.add(persona)

  const held = await accountsOf(sql, [...personas])
  const card = (id: string, participates: boolean): PersonaCard => {
    const { names = [], accounts = [], more = 0 } = held.get(id) ?? {}
    return { kind: 'persona', id, participates, names, accounts, moreAccounts: more }
  }
  return matches.flatMap(({ human, persona }): Card[] => {
    if (human === undefined) return persona === undefined ? [] : [card(persona, false)]
    const own = presented.filter((row) => row.human === human)
    return [
      {
        kind: 'human',
        id: human,
        personas: own.map((row) => card(row.persona, row.participates)),
        morePersonas: (own[0]?.total ?? 0) - own.length,
      },
    ]
  })
}

interface Presented {
  readonly human: string
  readonly persona: string
  readonly participates: boolean
  /** Of all personas of this human. */
  readonly total: number
}

async function presentedBy(sql: Sql, humans: readonly string[]): Promise<Presented[]> {
  if (humans.length === 0) return []
  return sql.query<Presented>(PRESENTED, [humans, MOST_PERSONAS])
}

const PRESENTED = `
  with recursive live as (
    select human_id, persona_id, role from persona_control
    where human_id = any($1::uuid[]) and role in ('owns', 'participates') and until is null
    union select live.human_id, gone.merged_into, live.role from live cross join lateral (
      select merged_into from persona where persona.id = live.persona_id and merged_into is not null offset 0
    ) gone
  ), present as (
    select human_id as human, persona_id as persona, bool_and(role = 'participates') as participates
    from live join persona on persona.id = live.persona_id and persona.merged_into is null
    group by human_id, persona_id
  ), numbered as (
    select *, count(*) over (partition by human)::int as total,
      row_number() over (partition by human order by participates, persona) as nth
    from present
  )
  select human, persona, participates, total from numbered where nth <= $2 order by human, participates, persona`
