import * as z from 'zod/mini'
import { flag, host, port, secret, text } from '../fields.ts'
import { type SqlServer, readSqlUrl } from '../sql-server.ts'
import { defineTag } from '../tag.ts'

const DIALECT = 'postgresql, the one dialect there is'

export default defineTag({
  about: 'a Postgres server, by its parts or by a URL',

  fields: z.strictObject({
    dialect: z.optional(text(DIALECT).check(z.regex(/^postgres(ql)?(\+\w+)?$/, { error: DIALECT }))),
    url: z.optional(text('a URL such as postgresql://host/database')),
    hostname: z.optional(host),
    port: z.optional(port),
    username: z.optional(text()),
    password: z.optional(secret),
    database: z.optional(text()),
    ssl: z.optional(z.union([flag, z.literal('unchecked')], { error: 'true, false or unchecked' })),
  }),

  value({ url, hostname, port, username, password, database, ssl }, complain): SqlServer {
    const read = url === undefined ? undefined : readSqlUrl(url)
    if (typeof read === 'string') complain(['url'], read)
    const base = typeof read === 'object' ? read : undefined
    const user = username ?? base?.user
    const hidden = password ?? base?.password
    return {
      kind: 'sql',
      host: hostname ?? base?.host ?? 'localhost',
      port: port ?? base?.port ?? 5432,
      ...(user !== undefined && { user }),
      ...(hidden && { password: hidden }),
      database: database ?? base?.database ?? 'skrode',
      ssl: ssl === 'unchecked' ? { rejectUnauthorized: false } : (ssl ?? base?.ssl ?? false),
    }
  },
})
