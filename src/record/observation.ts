import type { AccountKey, ChannelKey, PostKey } from './key.ts'

/** Whatever a source says: the one shape between ingesters and the store. Ingesters build these; only the store writes them. */
export type Observation = AccountSeen | PostSeen | PostGone | RelationSeen | MembershipSeen | InteractionSeen

/** A name as its account shows it: `handle` is the service's own word for the account, `display` what people read. */
export interface Name {
  readonly kind: 'handle' | 'display'
  readonly value: string
}

/** What an account says of itself. `value` is normalised: e-mail lower case, URL by `normalUrl`, phone E.164. */
export interface Claim {
  readonly kind: 'email' | 'url' | 'phone' | 'handle' | 'pgp' | 'avatar'
  readonly value: string
  /** From the account's own profile, from a checked proof, or read out of what it wrote. */
  readonly how: 'profile' | 'proof' | 'content'
  /** The other end was checked. */
  readonly verified?: boolean
}

/** An account as met in passing: as an author, a recipient, a member. */
export interface AccountMet {
  readonly key: AccountKey
  readonly names: readonly Name[]
  readonly claims?: readonly Claim[]
}

/** A place as met in passing. */
export interface ChannelMet {
  readonly key: ChannelKey
  readonly kind: 'irc' | 'slack' | 'mailing-list' | 'feed' | 'list'
  readonly title?: string
}

/** A profile: an account looked at for its own sake. */
export interface AccountSeen extends AccountMet {
  readonly kind: 'account'
  /** When this was true. An older profile never overwrites a newer one. */
  readonly at: Date
  /** The source's own payload. */
  readonly raw?: Uint8Array
}

/** One receiver of a post. */
export interface Receiver {
  readonly kind: 'to' | 'cc' | 'bcc'
  readonly account: AccountMet
}

/** A file that came with a post; the file itself is not kept. */
export interface Attachment {
  readonly name?: string
  /** Media type in lower case, such as `image/png`. */
  readonly type: string
  /** Bytes, where the source tells. */
  readonly size?: number
  readonly url?: string
}

/** Something somebody wrote. */
export interface PostSeen {
  readonly kind: 'post'
  readonly key: PostKey
  /**
   * What tells this post from another that wrongly bears the same key: a digest over author, date and subject.
   * Where a stored post has the key and another identity, the store uses `keyIfTaken`. Sources whose ids can
   * be trusted leave both out, and a differing copy is then an edit.
   */
  readonly identity?: string
  readonly keyIfTaken?: PostKey
  /** Absent where the source does not say who wrote it. */
  readonly author?: AccountMet
  readonly channel?: ChannelMet
  readonly sentAt: Date
  /** Where `sentAt` was read from; `received` and `guessed` are weaker than the source's own `sent`. */
  readonly sentAtFrom: 'sent' | 'received' | 'guessed'
  /** The author changed it then. */
  readonly editedAt?: Date
  /** When this copy was current; a copy with an older `asOf` never overwrites. For what cannot change, `sentAt`. */
  readonly asOf: Date
  readonly title?: string
  /** The author's own words, plain text. */
  readonly text: string
  /** Words of others that the post repeats. */
  readonly quoted?: string
  readonly signature?: string
  /** Empty for a post to everybody. With a channel, the store adds the channel as `broadcast`. */
  readonly receivers: readonly Receiver[]
  /** Sent to receivers whom the source does not name (`undisclosed-recipients:;`), so not to everybody. */
  readonly undisclosed?: boolean
  readonly relations: readonly PostRelation[]
  /** Older posts of the same thread as this post names them, oldest first (RFC 5322 References), the parent last. */
  readonly ancestors?: readonly PostKey[]
  /** Normalised by `normalUrl`. */
  readonly links: readonly string[]
  readonly attachments: readonly Attachment[]
  /** The source's own payload, whole or its beginning. */
  readonly raw: Uint8Array
}

export interface PostRelation {
  readonly kind: 'reply' | 'quote' | 'repost'
  readonly to: PostKey
}

/** The source says that a post was deleted; only a definite "gone" becomes this, never an error. */
export interface PostGone {
  readonly kind: 'gone'
  readonly key: PostKey
  readonly at: Date
}

/** `from` follows, blocks or ignores `to` — or, where `ended`, no longer does. */
export interface RelationSeen {
  readonly kind: 'relation'
  readonly relation: 'follows' | 'blocks' | 'ignores'
  readonly from: AccountMet
  readonly to: AccountMet
  readonly at: Date
  readonly ended?: boolean
}

/** An account is in a channel — or, where `ended`, has left. */
export interface MembershipSeen {
  readonly kind: 'membership'
  readonly account: AccountMet
  readonly channel: ChannelMet
  readonly at: Date
  readonly ended?: boolean
}

/** An account likes, shares or hides a post — or, where `ended`, took it back. */
export interface InteractionSeen {
  readonly kind: 'interaction'
  readonly interaction: 'like' | 'dislike' | 'share' | 'hide'
  readonly account: AccountMet
  readonly post: PostKey
  readonly at: Date
  readonly ended?: boolean
}
