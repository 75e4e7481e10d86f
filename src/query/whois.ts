import type { Sql } from '../database/sql.ts'
import { type Card, cardsOf } from './people/cards.ts'
import { findPeople } from './people/find.ts'
import { patternOf } from './people/pattern.ts'

/** Whom to look for. */
export interface Whois {
  /** Any part of a name, handle or address; a key such as `github+user:ann`; an id, or eight or more of its digits. */
  readonly pattern: string
  /** How many people at most. */
  readonly limit?: number
  /** Only whole names, handles and addresses. */
  readonly exact?: boolean
  /** Only accounts of this service count, by its key; whoever matches is shown whole. */
  readonly service?: string
}

/** Who somebody is: everyone who matches, the best first, each human once and whole. */
export async function whois(
  sql: Sql,
  { pattern, limit = 3, exact = false, service }: Whois,
): Promise<Card[]> {
  const wanted = { limit, exact, each: 'human', ...(service && { service: service.toLowerCase() }) } as const
  return cardsOf(sql, await findPeople(sql, patternOf(pattern), wanted))
}
