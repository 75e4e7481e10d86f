import { defineEntity, p } from '@mikro-orm/core'
import { Bucket } from './bucket.ts'

const ActivitySchema = defineEntity({
  name: 'Activity',
  properties: {
    id: p.uuid().primary(),
    bucket: p.manyToOne(Bucket),
    beganAt: p.datetime(),
    endedAt: p.datetime(),
    data: p.json<unknown>(),
  },
})

/** What a device was doing from `beganAt` to `endedAt`. */
export class Activity extends ActivitySchema.class {}
ActivitySchema.setClass(Activity)
