import { defineEntity, p } from '@mikro-orm/core'
import { Service } from './service.ts'

const ChannelSchema = defineEntity({
  name: 'Channel',
  properties: {
    id: p.uuid().primary(),
    service: p.manyToOne(Service),
    key: p.text().unique(),
    kind: p.enum(['irc', 'slack', 'mailing-list', 'feed', 'list']),
    title: p.text().nullable(),
  },
})

/** A place where accounts meet: a mailing list, an IRC channel, a feed. */
export class Channel extends ChannelSchema.class {}
ChannelSchema.setClass(Channel)
