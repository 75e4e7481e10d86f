import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { lockLinks } from './lock.ts'

/**
 * Makes one human the owner of the personas, inside the caller's transaction, and resolves to the human's id: the
 * one who owns some of them already, else a new one. Throws where two of them have different owners.
 */
export async function own(tx: Sql, personas: readonly string[], since: Date): Promise<string> {
  await lockLinks(tx)
  const owned = await tx.query<{ persona_id: string; human_id: string }>(
    `select persona_id, human_id from persona_control
     where persona_id = any($1) and role = 'owns' and until is null order by human_id`,
    [personas],
  )
  const [owner, other] = new Set(owned.map(({ human_id }) => human_id))
  if (other) throw new Error(`expected personas of one human, found those of ${owner} and ${other}`)

  const human = owner ?? (await newHuman(tx))
  const free = [...new Set(personas)].filter((id) => !owned.some(({ persona_id }) => persona_id === id))
  await tx.query(
    `insert into persona_control (id, human_id, persona_id, role, since)
     select id, $2, persona, 'owns', $4 from unnest($1::uuid[], $3::uuid[]) as i (id, persona)`,
    [free.map(() => newId()), human, free, since],
  )
  return human
}

async function newHuman(tx: Sql): Promise<string> {
  const id = newId()
  await tx.query('insert into human (id) values ($1)', [id])
  return id
}
