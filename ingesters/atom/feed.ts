import type { UnreadableItem } from '../../src/errors.ts'
import type { Attachment } from '../../src/record/observation.ts'

/** A feed as every dialect is read into: what the mapping to posts starts from. */
export interface Feed {
  readonly title: Markup | undefined
  /** The site that the feed belongs to. */
  readonly homepage: string | undefined
  /** Whoever wrote the entries that do not say. */
  readonly authors: readonly Person[]
  /** Who answers for the feed, without having written its entries. */
  readonly editor: Person | undefined
  /** When the feed as a whole was last changed. */
  readonly updated: Date | undefined
  readonly entries: readonly (Entry | UnreadableItem)[]
}

/** One entry; at least one of `id`, `link`, `title`, `body` and an enclosure is there. */
export interface Entry {
  /** The feed's own word for the entry, as it is spelled. */
  readonly id: string | undefined
  readonly link: string | undefined
  readonly title: Markup | undefined
  readonly body: Markup | undefined
  readonly authors: readonly Person[]
  readonly published: Date | undefined
  readonly updated: Date | undefined
  /** Absolute URLs besides `link`. */
  readonly links: readonly string[]
  readonly enclosures: readonly Attachment[]
  readonly replies: readonly Reference[]
  /** The entry as it was sent, or its beginning. */
  readonly raw: string
}

/** A text with its format; `base` is what relative URLs in it are relative to. */
export interface Markup {
  readonly format: 'plain' | 'html'
  readonly text: string
  readonly base: string | undefined
}

/** Whoever is named as an author; at least one of the three is there. */
export interface Person {
  readonly name: string | undefined
  readonly email: string | undefined
  readonly url: string | undefined
}

/** An entry that this one answers (RFC 4685 `in-reply-to`); `feed` is the URL of its feed where that is told. */
export interface Reference {
  readonly id: string
  readonly feed: string | undefined
}
