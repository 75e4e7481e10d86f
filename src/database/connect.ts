import { createHash } from 'node:crypto'
import { type ClientBase, Pool, type PoolConfig, type QueryResultRow } from 'pg'
import type { Database, Sql } from './sql.ts'

/** Opens a pool on a running server. Connects at the first statement. */
export function connect(options: PoolConfig): Database {
  // Pipelined: statements that need nothing of each other's answers are sent at once and run in their order.
  const pool = new Pool({ max: 4, connectionTimeoutMillis: 10_000, pipeline: true, ...options })
  // A connection that dies is replaced when idle and fails its next statement when in use; its error event says
  // nothing more, and without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  return {
    query: (text, values, once) => run(pool, text, values, once),
    transaction: (work) => transaction(pool, work),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function transaction<T>(pool: Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const began = client.query('begin')
    const worked = work({ query: (text, values, once) => run(client, text, values, once) })
    const [result] = await Promise.all([worked, began])
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function run<Row extends QueryResultRow>(
  on: Pool | ClientBase,
  text: string,
  values: readonly unknown[] = [],
  once?: 'once',
): Promise<Row[]> {
  const name = once ? undefined : createHash('sha1').update(text).digest('base64url')
  const result = await on.query<Row>({ text, values: [...values], ...(name && { name }) })
  return result.rows
}
