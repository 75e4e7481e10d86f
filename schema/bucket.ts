import { defineEntity, p } from '@mikro-orm/core'
import { Device } from './device.ts'

const BucketSchema = defineEntity({
  name: 'Bucket',
  uniques: [{ properties: ['device', 'key'] }],
  properties: {
    id: p.uuid().primary(),
    device: p.manyToOne(Device),
    key: p.text(),
    type: p.text(),
    client: p.text(),
    data: p.json<unknown>().defaultRaw(`'{}'`),
    createdAt: p.datetime(),
  },
})

/** One kind of activity as one watcher on one device reports it (an ActivityWatch bucket). */
export class Bucket extends BucketSchema.class {}
BucketSchema.setClass(Bucket)
