import { lexemeQuery } from './lexeme-query.ts'
import type { Condition, Query } from './query.ts'
import type { Resolved } from './resolve.ts'

/** How a query was understood, in words; with all names that it holds looked up. */
export function understood(query: Query, resolved: ReadonlyMap<Condition, Resolved>): string {
  return words(query, resolved, false)
}

function words(query: Query, resolved: ReadonlyMap<Condition, Resolved>, isInside: boolean): string {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const parts = query.parts.map((part) => words(part, resolved, true)).join(` ${query.kind} `)
      return isInside ? `(${parts})` : parts
    }
    case 'not':
      return `not ${words(query.part, resolved, true)}`
    case 'text':
      return textWords(query.text, query.prefix)
    default:
      return conditionWords(query, resolved.get(query)?.means)
  }
}

function textWords(text: string, prefix: boolean): string {
  const sought = lexemeQuery(text, prefix)?.sought ?? []
  if (sought.length === 0) return `“${text}” (too common or no word: ignored)`
  if (prefix && sought.length <= 2) return `a word that begins with “${text}”`
  return sought.length === 1 ? `the word “${text}” in any form` : `the phrase “${text}”`
}

function conditionWords(condition: Exclude<Condition, { kind: 'text' }>, means = 'unknown'): string {
  switch (condition.kind) {
    case 'from':
      return `written by “${condition.value}” (${means})`
    case 'to':
      return `sent to “${condition.value}” (${means})`
    case 'in':
      return `in the channel “${condition.value}” (${means})`
    case 'service':
      return `on ${means}`
    case 'thread':
      return `in the conversation of ${condition.value} (${means})`
    case 'has':
      return condition.what === 'link' ? 'with a link' : 'with an attachment'
    case 'reply':
      return 'that is a reply'
    case 'sent': {
      const since = condition.since && `sent at or after ${condition.since.toISOString()}`
      const until = condition.until && `sent before ${condition.until.toISOString()}`
      return [since, until].filter(Boolean).join(' and ')
    }
    default:
      return condition satisfies never
  }
}
