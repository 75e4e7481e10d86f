import { defineEntity, p } from '@mikro-orm/core'

const DeviceSchema = defineEntity({
  name: 'Device',
  properties: {
    id: p.uuid().primary(),
    key: p.text().unique(),
    title: p.text(),
    createdAt: p.datetime(),
  },
})

/** A machine of the owner that tells what it is doing. */
export class Device extends DeviceSchema.class {}
DeviceSchema.setClass(Device)
