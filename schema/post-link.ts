import { defineEntity, p } from '@mikro-orm/core'
import { Post } from './post.ts'

const PostLinkSchema = defineEntity({
  name: 'PostLink',
  properties: {
    post: p.manyToOne(Post).primary(),
    url: p.text().primary(),
  },
})

/** A URL that stands in a post, normalised, so that posts about one page meet. */
export class PostLink extends PostLinkSchema.class {}
PostLinkSchema.setClass(PostLink)
