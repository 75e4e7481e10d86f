import type { Interval } from './dates.ts'

/** What a search query asks for: a tree of conditions on a post. */
export type Query =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | Condition

/** One condition and where it stands in the query. */
export type Condition =
  | Text
  | {
      readonly kind: 'from' | 'to' | 'in' | 'service' | 'thread'
      readonly value: string
      readonly at: number
    }
  | ({ readonly kind: 'sent'; readonly at: number } & Interval)
  | { readonly kind: 'has'; readonly what: 'link' | 'attachment'; readonly at: number }
  | { readonly kind: 'reply'; readonly at: number }

/** Words in the post itself. More than one are a phrase; `prefix` leaves the last one's end open. */
export interface Text {
  readonly kind: 'text'
  readonly text: string
  readonly prefix: boolean
  readonly at: number
}
