import type { Sql } from '../database/sql.ts'

/** How many rows the planner expects of a statement. Costs about a millisecond and reads no row. */
export async function estimatedRows(
  sql: Sql,
  statement: string,
  values: readonly unknown[],
): Promise<number> {
  const [explained] = await sql.query<{ 'QUERY PLAN': unknown }>(
    `explain (format json) ${statement}`,
    values,
    'once',
  )
  return rowsOf(explained?.['QUERY PLAN'])
}

/** `[{ "Plan": { "Plan Rows": 12, … } }]`. */
function rowsOf(explained: unknown): number {
  const plan: unknown = Array.isArray(explained) ? explained[0]?.Plan : undefined
  const rows =
    typeof plan === 'object' && plan !== null && 'Plan Rows' in plan ? plan['Plan Rows'] : undefined
  return typeof rows === 'number' ? rows : 0
}
