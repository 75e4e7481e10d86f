import type { Sql } from '../database/sql.ts'

/** Lets one transaction at a time change who is who; readers and the store go on. Held until the transaction ends. */
export async function lockLinks(tx: Sql): Promise<void> {
  await tx.query('lock table merge_log in exclusive mode')
}
