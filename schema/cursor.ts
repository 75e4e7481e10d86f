import { defineEntity, p } from '@mikro-orm/core'

const CursorSchema = defineEntity({
  name: 'Cursor',
  properties: {
    source: p.text().primary(),
    stream: p.text().primary(),
    value: p.text(),
    at: p.datetime(),
  },
})

/** How far a source has been read; commits together with what was read. */
export class Cursor extends CursorSchema.class {}
CursorSchema.setClass(Cursor)
