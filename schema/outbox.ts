import { defineEntity, p } from '@mikro-orm/core'

const OutboxSchema = defineEntity({
  name: 'Outbox',
  properties: {
    id: p.uuid().primary(),
    queue: p.text(),
    job: p.json<unknown>(),
    at: p.datetime(),
  },
})

/** A job on its way to the queue, written in the transaction that makes it necessary. */
export class Outbox extends OutboxSchema.class {}
OutboxSchema.setClass(Outbox)
