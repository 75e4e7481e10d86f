import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Channel } from './channel.ts'
import { Service } from './service.ts'

const PostSchema = defineEntity({
  name: 'Post',
  properties: {
    id: p.uuid().primary(),
    service: p.manyToOne(Service),
    key: p.text().unique(),
    author: p.manyToOne(Account).nullable().deleteRule('no action'),
    channel: p.manyToOne(Channel).nullable().deleteRule('no action'),
    sentAt: p.datetime().nullable(),
    sentAtFrom: p.enum(['sent', 'received', 'guessed']).nullable(),
    editedAt: p.datetime().nullable(),
    asOf: p.datetime().nullable(),
    identity: p.text().nullable(),
    digest: p.blob().nullable(),
    title: p.text().nullable(),
    body: p.text().nullable(),
    quoted: p.text().nullable(),
    signature: p.text().nullable(),
    search: p.type('string').columnType('tsvector').nullable(),
    tombstonedAt: p.datetime().nullable(),
    raw: p.blob().nullable(),
  },
})

/**
 * Something somebody wrote. A placeholder has a key and nothing else: others refer to it and no source has shown it
 * yet. A tombstone has lost its words and keeps its key. `raw` is the source's own payload, compressed by us.
 */
export class Post extends PostSchema.class {}
PostSchema.setClass(Post)
