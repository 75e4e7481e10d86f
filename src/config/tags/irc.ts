import * as z from 'zod/mini'
import { flag, host, port, secret, text, withDefault } from '../fields.ts'
import type { Secret } from '../secret.ts'
import { defineTag } from '../tag.ts'

/** A connection to one IRC network. */
export interface IrcNetwork {
  readonly kind: 'irc'
  readonly hostname: string
  readonly port: number
  readonly ssl: boolean
  readonly nick: string
  readonly username: string
  readonly realname: string
  /** The server's password (PASS), or a bouncer's. */
  readonly password?: Secret
  readonly sasl?: { readonly account: string; readonly password: Secret }
  readonly channels: readonly string[]
}

export default defineTag({
  about: 'a connection to an IRC network',

  fields: z.strictObject({
    hostname: host,
    port: z.optional(port),
    ssl: withDefault(flag, true),
    nick: text('a nick'),
    username: z.optional(text()),
    realname: z.optional(text()),
    password: z.exactOptional(secret),
    sasl: z.exactOptional(
      z.strictObject({ account: text(), password: secret }, { error: 'a map of account and password' }),
    ),
    channels: withDefault(z.array(text('the name of a channel'), { error: 'a list of channels' }), []),
  }),

  value(fields): IrcNetwork {
    const { port, ssl, nick, username = nick, realname = nick } = fields
    // RFC 7194 gives 6697 to TLS; RFC 1459's 6667 is in the clear.
    return { kind: 'irc', ...fields, port: port ?? (ssl ? 6697 : 6667), username, realname }
  },
})
