import { defineEntity, p } from '@mikro-orm/core'

const SetAsideSchema = defineEntity({
  name: 'SetAside',
  uniques: [{ properties: ['source', 'digest'] }],
  properties: {
    id: p.uuid().primary(),
    source: p.text(),
    stream: p.text(),
    reason: p.text(),
    digest: p.blob(),
    raw: p.blob(),
    size: p.bigint(),
    seenAt: p.datetime(),
  },
})

/** An item that could not be read: why, and its bytes, for another try. `size` in bytes before they were cut. */
export class SetAside extends SetAsideSchema.class {}
SetAsideSchema.setClass(SetAside)
