import * as z from 'zod/mini'
import { flag, madeBy, text } from '../fields.ts'
import { defineTag } from '../tag.ts'

/** A durable queue, on a `!skrode/redis` or `!skrode/sql`, or on the embedded Postgres where `conn` is absent. */
export interface QueueName {
  readonly kind: 'queue'
  readonly key: string
  /** The very object of the config that the alias names. */
  readonly conn?: object
}

export default defineTag({
  about: 'a queue of jobs between workers',

  fields: z.strictObject({
    conn: z.exactOptional(madeBy('redis', 'sql')),
    key: text("the queue's name"),
    // Configs of the original Skrode say these; here a queue keeps its own account of what is in flight.
    inflight: z.optional(text()),
    indirect: z.optional(flag),
  }),

  value: ({ conn, key }): QueueName => ({ kind: 'queue', key, ...(conn && { conn }) }),
})
