/** The database that the config names: the one that comes along, or a server that somebody else runs. */
export type DatabaseConfig = EmbeddedConfig | ServerConfig

/** The Postgres that comes along. `home` is the folder of everything that Skrode keeps, an absolute path. */
export interface EmbeddedConfig {
  readonly kind: 'embedded'
  readonly home: string
}

/** A server as a URL (`postgresql://user@host:port/database`) or in parts. */
export type ServerConfig = { readonly kind: 'server'; readonly url: string } | ServerParts

/** A server in parts, named as `pg` names them. */
export interface ServerParts {
  readonly kind: 'server'
  /** A host name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  /** Asked at every connection, so that a password may change while Skrode runs. */
  readonly password?: () => Promise<string>
  readonly database: string
  readonly ssl?: boolean | { readonly rejectUnauthorized: boolean }
}
