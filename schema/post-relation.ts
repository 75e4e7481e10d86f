import { defineEntity, p } from '@mikro-orm/core'
import { Post } from './post.ts'

const PostRelationSchema = defineEntity({
  name: 'PostRelation',
  properties: {
    from: p.manyToOne(Post).primary(),
    to: p.manyToOne(Post).primary(),
    kind: p.enum(['reply', 'quote', 'repost']).primary(),
    inferred: p.boolean().default(false),
  },
})

/**
 * One post answers, quotes or repeats another. `inferred` where a subject line or a reference list says so, not the
 * post itself.
 */
export class PostRelation extends PostRelationSchema.class {}
PostRelationSchema.setClass(PostRelation)
