import type { ClientConfig } from 'pg'
import { type Place, assertOwnSocket, placeOf } from './place.ts'

/** The role that Skrode connects as, and the database that it keeps. */
export const ROLE = 'skrode'

/** How to connect to the server of a home folder, running or not. */
export function embeddedConnection(home: string): ClientConfig {
  const place = placeOf(home)
  assertOwnSocket(place)
  return connectionTo(place, ROLE)
}

/** How to connect to a database of the server. Nothing is left to the PG variables of the environment. */
export function connectionTo({ socket }: Place, database: string): ClientConfig {
  const named = { user: ROLE, database, application_name: 'skrode' }
  return { host: socket, port: 5432, ...named, ssl: false, options: '-c TimeZone=UTC' }
}
