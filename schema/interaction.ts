import { defineEntity, p } from '@mikro-orm/core'
import { Account } from './account.ts'
import { Post } from './post.ts'

const InteractionSchema = defineEntity({
  name: 'Interaction',
  properties: {
    account: p.manyToOne(Account).primary(),
    post: p.manyToOne(Post).primary(),
    kind: p.enum(['like', 'dislike', 'share', 'hide']).primary(),
    at: p.datetime(),
  },
})

/** An account liked, disliked, shared or hid a post. */
export class Interaction extends InteractionSchema.class {}
InteractionSchema.setClass(Interaction)
