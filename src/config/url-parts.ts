/** The parts of a server's URL, percent signs resolved; what the URL leaves out is empty. */
export interface UrlParts {
  /** Without the colon, lower case. */
  readonly scheme: string
  readonly username: string
  readonly password: string
  /** IPv6 addresses without their brackets. */
  readonly host: string
  readonly port: string
  /** Without the leading slash. */
  readonly path: string
  readonly query: URLSearchParams
}

/** Takes a URL such as `redis://user:p%40ss@host:6379/0` apart; undefined where it is none. */
export function urlParts(text: string): UrlParts | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  try {
    return {
      scheme: url.protocol.slice(0, -1),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      host: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ''),
      port: url.port,
      path: decodeURIComponent(url.pathname).slice(1),
      query: url.searchParams,
    }
  } catch {
    return undefined
  }
}
