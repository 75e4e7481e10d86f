import { defineEntity, p } from '@mikro-orm/core'

const ServiceSchema = defineEntity({
  name: 'Service',
  properties: {
    id: p.uuid().primary(),
    key: p.text().unique(),
    title: p.text(),
    urls: p.array().default([]),
  },
})

/** A place where people have accounts: mail, GitHub, one feed reader. `key` is the first word of every key of it. */
export class Service extends ServiceSchema.class {}
ServiceSchema.setClass(Service)
