import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { normalUrl } from '../../src/record/url.ts'

/** Where a feed is read from. */
export type Source = FileSource | UrlSource

interface FileSource {
  readonly kind: 'file'
  /** Names its cursor: the absolute path. */
  readonly stream: string
  /** Stands for the feed in the keys of its posts and accounts. */
  readonly key: string
}

/** A feed on the Web. */
export interface UrlSource {
  readonly kind: 'url'
  /** The URL as the person gave it, normalised and without credentials: it stays when the feed moves. */
  readonly stream: string
  readonly key: string
  /** What is asked for, without credentials. */
  readonly url: string
  /** The value of an Authorization header, from credentials in the URL. */
  readonly authorization: string | undefined
}

/** The source that a URL or a path names; undefined for a URL that is not of http or https, or is too long. */
export function sourceOf(what: string): Source | undefined {
  if (/^(https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(what)) return urlSource(what)
  const path = resolve(what)
  return { kind: 'file', stream: path, key: pathToFileURL(path).href }
}

/** The source at a URL, never a file: lists of feeds come from outside. Undefined as for `sourceOf`. */
export function urlSource(what: string): UrlSource | undefined {
  const stream = normalUrl(what)
  if (!stream) return undefined
  const url = new URL(what.trim())
  const authorization = basic(url)
  url.username = ''
  url.password = ''
  url.hash = ''
  return { kind: 'url', stream, key: stream, url: url.href, authorization }
}

/** HTTP Basic credentials (RFC 7617). */
function basic({ username, password }: URL): string | undefined {
  if (!username && !password) return undefined
  return `Basic ${Buffer.from(`${unescaped(username)}:${unescaped(password)}`).toString('base64')}`
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
