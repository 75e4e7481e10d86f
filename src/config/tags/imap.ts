import * as z from 'zod/mini'
import { flag, host, port, secret, text, withDefault } from '../fields.ts'
import type { Secret } from '../secret.ts'
import { defineTag } from '../tag.ts'

/** A mailbox on an IMAP server. */
export interface ImapServer {
  readonly kind: 'imap'
  readonly hostname: string
  readonly port: number
  /** TLS from the first byte; without it the connection is upgraded where the server can. */
  readonly ssl: boolean
  readonly username: string
  readonly password?: Secret
  /** OAuth 2, instead of a password. */
  readonly access_token?: Secret
}

export default defineTag({
  about: 'a mailbox on an IMAP server',

  fields: z.strictObject({
    hostname: host,
    port: z.optional(port),
    ssl: withDefault(flag, true),
    username: text(),
    password: z.exactOptional(secret),
    access_token: z.exactOptional(secret),
  }),

  value(fields, complain): ImapServer {
    const { password, access_token } = fields
    if (!password && !access_token)
      complain(['password'], 'expected a password or an access_token, found neither')
    if (password && access_token)
      complain(['access_token'], 'expected a password or an access_token, found both')
    // RFC 8314: 993 speaks TLS from the start, 143 may upgrade.
    return { kind: 'imap', ...fields, port: fields.port ?? (fields.ssl ? 993 : 143) }
  },
})
