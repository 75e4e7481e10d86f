import { defineEntity, p } from '@mikro-orm/core'
import { Post } from './post.ts'

const AttachmentSchema = defineEntity({
  name: 'Attachment',
  properties: {
    post: p.manyToOne(Post).primary(),
    position: p.smallint().primary(),
    name: p.text().nullable(),
    type: p.text(),
    size: p.bigint().nullable(),
    url: p.text().nullable(),
  },
})

/** A file that came with a post: what the source says of it, never its bytes. `size` in bytes. */
export class Attachment extends AttachmentSchema.class {}
AttachmentSchema.setClass(Attachment)
