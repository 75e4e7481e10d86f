import type { QueryResultRow } from 'pg'

/** Whatever runs a statement: a database, or a transaction in one. */
export interface Sql {
  /**
   * The rows that `text` answers. Values are always parameters (`$1`), never spliced in. A statement is prepared
   * once a connection and planned by Postgres from then on, unless `once` says that its text will not come again.
   */
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[], once?: 'once'): Promise<Row[]>
}

/** An open database. Closing it ends its connections, not the server. */
export interface Database extends Sql, AsyncDisposable {
  /** Commits what `work` did, or nothing of it when `work` throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>
}
