import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { PostSeen } from '../../src/record/observation.ts'

/** What one message says, as far as two readers can be held side by side. */
export interface Answer {
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly id: string
  readonly date: string
  /** Without white space and quotation marks; undefined where the two readers do not look for the same text. */
  readonly text: string | undefined
}

const address = z.object({ address: z.string().nullish() })
const value = z.object({
  Text: z.string().optional(),
  TextList: z.array(z.string()).optional(),
  Address: z
    .object({
      List: z.array(address).optional(),
      Group: z.array(z.object({ addresses: z.array(address) })).optional(),
    })
    .optional(),
  DateTime: z
    .object({
      year: z.number(),
      month: z.number(),
      day: z.number(),
      hour: z.number(),
      minute: z.number(),
      second: z.number(),
      tz_before_gmt: z.boolean(),
      tz_hour: z.number(),
      tz_minute: z.number(),
    })
    .optional(),
})
const header = z.object({ name: z.unknown(), value: z.union([value, z.string()]) })
const stalwart = z.object({
  text_body: z.array(z.number()),
  parts: z.array(
    z.object({
      headers: z.array(header),
      body: z.union([z.object({ Text: z.string().optional() }), z.string()]),
    }),
  ),
})

type Value = z.infer<typeof value>

/** The answer in a JSON file of stalwart's mail-parser (its `Message`, serialised). */
export function stalwartAnswer(path: string): Answer {
  const { parts, text_body: shown } = stalwart.parse(JSON.parse(readFileSync(path, 'utf8')))
  const first = (name: string): Value | undefined => {
    const found = parts[0]?.headers.findLast((other) => other.name === name)?.value
    return typeof found === 'string' ? undefined : found
  }
  const texts = shown.flatMap((at) => textIn(parts[at]?.body))
  const id = first('message_id')
  return {
    subject: first('subject')?.Text ?? '',
    from: addresses(first('from'))[0] ?? addresses(first('sender'))[0] ?? '',
    to: [...new Set(addresses(first('to')))].join(', '),
    id: id?.Text ?? id?.TextList?.[0] ?? '',
    date: moment(first('date')),
    text: texts.length === shown.length && shown.length === 1 ? squashed(texts.join('')) : undefined,
  }
}

/** What our reading of the same message answers. */
export function ourAnswer({
  key,
  title,
  author,
  receivers,
  sentAt,
  sentAtFrom,
  text,
  quoted,
  signature,
}: PostSeen): Answer {
  const id = key.slice('mail+post:'.length)
  const to = receivers
    .filter(({ kind }) => kind === 'to')
    .map(({ account }) => account.key.slice('mail+user:'.length))
  return {
    subject: title ?? '',
    from: author?.key.slice('mail+user:'.length) ?? '',
    to: to.join(', '),
    id: id.endsWith('@missing.invalid') ? '' : id,
    date: sentAtFrom === 'sent' ? sentAt.toISOString() : '',
    text: sorted(squashed([text, quoted, signature].join(''))),
  }
}

function textIn(body: { readonly Text?: string | undefined } | string | undefined): string[] {
  return typeof body === 'object' && body.Text !== undefined ? [body.Text] : []
}

function addresses(found: Value | undefined): string[] {
  const { List = [], Group = [] } = found?.Address ?? {}
  const all = [...List, ...Group.flatMap((group) => group.addresses)]
  return all.flatMap((one) => one.address?.toLowerCase() || [])
}

function moment(found: Value | undefined): string {
  if (!found?.DateTime) return ''
  const { year, month, day, hour, minute, second, ...zone } = found.DateTime
  const east = (zone.tz_before_gmt ? -1 : 1) * (zone.tz_hour * 60 + zone.tz_minute) * 60_000
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - east).toISOString()
}

/** We tell quotations from the rest, so only the letters can be compared, not their order. */
function squashed(text: string): string {
  return sorted(text.replace(/[>\s\ufeff]+/g, ''))
}

function sorted(text: string): string {
  return Array.from(text).sort().join('')
}
