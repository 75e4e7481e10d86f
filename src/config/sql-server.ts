import { constructorOf } from './constructed.ts'
import { type Secret, literalSecret } from './secret.ts'
import { urlParts } from './url-parts.ts'

/** A Postgres server as `!skrode/sql` or a URL names it; the fields are those of pg's `PoolConfig`. */
export interface SqlServer {
  readonly kind: 'sql'
  /** A host name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  /** Absent: the name of the system's user. */
  readonly user?: string
  readonly password?: Secret
  readonly database: string
  /** Whether the connection is encrypted, and whether the server's certificate is checked. */
  readonly ssl: boolean | { readonly rejectUnauthorized: boolean }
}

/** Whether a value was made by `!skrode/sql`. */
export function isSqlServer(value: unknown): value is SqlServer {
  return constructorOf(value) === 'sql'
}

/** The modes of libpq that mean one thing each (PostgreSQL manual, "SSL Support"). */
const SSL_MODES: Readonly<Record<'disable' | 'require' | 'verify-full', SqlServer['ssl']>> = {
  disable: false,
  require: { rejectUnauthorized: false },
  'verify-full': true,
}

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…`; a socket folder is given as `?host=/folder`.
 * Answers what was expected instead where it cannot, without the URL, which may hold a password.
 */
export function readSqlUrl(text: string): SqlServer | string {
  const parts = urlParts(text)
  if (!parts) return 'expected a URL such as postgresql://host/database'
  const { scheme, query } = parts
  if (!/^postgres(ql)?$/.test(scheme)) return `expected a URL that begins with postgresql:, found ${scheme}:`

  const port = Number(parts.port || query.get('port') || 5432)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return 'expected a port from 1 to 65535 in the URL'
  const mode = query.get('sslmode') ?? 'disable'
  if (!isSslMode(mode)) return `expected sslmode ${Object.keys(SSL_MODES).join(', ')} in the URL`

  const user = parts.username || query.get('user')
  const password = parts.password || query.get('password')
  return {
    kind: 'sql',
    host: query.get('host') || parts.host || 'localhost',
    port,
    ...(user && { user }),
    ...(password && { password: literalSecret(password) }),
    database: parts.path || query.get('dbname') || 'skrode',
    ssl: SSL_MODES[mode],
  }
}

function isSslMode(mode: string): mode is keyof typeof SSL_MODES {
  return Object.hasOwn(SSL_MODES, mode)
}
