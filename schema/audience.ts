import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Channel } from './channel.ts'
import { Post } from './post.ts'

const AudienceSchema = defineEntity({
  name: 'Audience',
  uniques: [{ properties: ['post', 'account', 'channel', 'kind'] }],
  properties: {
    post: p.manyToOne(Post).primary().createForeignKeyConstraint(false),
    kind: p.enum(['broadcast', 'to', 'cc', 'bcc']).primary(),
    account: p.manyToOne(Account).nullable().createForeignKeyConstraint(false),
    channel: p.manyToOne(Channel).nullable().createForeignKeyConstraint(false),
  },
})

/**
 * Whom a post was for: everybody, a channel, or one account as To, Cc or Bcc. Every post has at least one. The table
 * has no primary key but a unique one, since a broadcast to everybody has neither account nor channel, and no foreign
 * keys, which would be a third of the database's time in an ingest.
 */
export class Audience extends AudienceSchema.class {}
AudienceSchema.setClass(Audience)
