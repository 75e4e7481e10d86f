import * as z from 'zod/mini'
import { host, port, secret, text, whole } from '../fields.ts'
import { type Secret, literalSecret } from '../secret.ts'
import { defineTag } from '../tag.ts'
import { urlParts } from '../url-parts.ts'

/** A Redis server. */
export interface RedisServer {
  readonly kind: 'redis'
  readonly host: string
  readonly port: number
  /** The number of the database on that server. */
  readonly db: number
  readonly username?: string
  readonly password?: Secret
  readonly tls: boolean
}

const A_URL = 'a URL such as redis://host:6379/0'

export default defineTag({
  about: 'a Redis server, by its parts or by a URL',

  fields: z.strictObject({
    url: z.optional(text(A_URL).check(z.refine(isRedisUrl, { error: A_URL }))),
    host: z.optional(host),
    port: z.optional(port),
    db: z.optional(whole(0, 65_535)),
    username: z.optional(text()),
    password: z.optional(secret),
  }),

  value({ url = 'redis://localhost', host, port, db, username, password }): RedisServer {
    const base = urlParts(url)
    const user = username ?? base?.username
    const hidden = password ?? (base?.password ? literalSecret(base.password) : undefined)
    return {
      kind: 'redis',
      host: host ?? (base?.host || 'localhost'),
      port: port ?? Number(base?.port || 6379),
      db: db ?? Number(base?.path || 0),
      ...(user && { username: user }),
      ...(hidden && { password: hidden }),
      tls: base?.scheme === 'rediss',
    }
  },
})

/** The forms of the provisional registration of `redis:` with IANA. */
function isRedisUrl(url: string): boolean {
  const parts = urlParts(url)
  return parts !== undefined && /^rediss?$/.test(parts.scheme) && /^\d{0,5}$/.test(parts.path)
}
