import { Agent, fetch, type Response } from 'undici'
import manifest from '../../package.json' with { type: 'json' }
import { type Guard, guardOf } from './address.ts'
import type { Received } from './document.ts'
import type { Limits, Options } from './options.ts'
import type { Position } from './position.ts'
import type { UrlSource } from './source.ts'

/** What a server said when asked for a feed. */
export type Answer =
  /** As it was; `movedTo` is where it is now for good. */
  | { readonly kind: 'unchanged'; readonly movedTo: string | undefined }
  /** The server asks to be left alone until then. */
  | { readonly kind: 'busy'; readonly until: Date; readonly status: number }
  | {
      readonly kind: 'document'
      readonly received: Received
      readonly etag: string | undefined
      readonly lastModified: string | undefined
      readonly movedTo: string | undefined
    }

/** The way out to the Web: guarded, limited, to be closed. */
export interface Web extends AsyncDisposable {
  /** Asks for a feed, on condition that it changed. Throws what went wrong, without naming the feed. */
  get(source: UrlSource, position: Position, now: Date): Promise<Answer>
}

const HEADERS = {
  'user-agent': `Skrode/${manifest.version} (a personal archive; reads feeds for one person)`,
  accept:
    'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
}

const PERMANENT = new Set([301, 308])
const TEMPORARY = new Set([302, 303, 307])
/** A server may ask for no longer silence than a week. */
const LONGEST_WAIT_MS = 7 * 86_400_000

/** Opens the way out with the limits and exceptions of the options; everything ends when `signal` aborts. */
export function openWeb(options: Options, signal: AbortSignal): Web {
  const guard = guardOf(options.allow)
  const agent = new Agent({ connect: { lookup: guard.lookup, timeout: options.timeoutMs } })
  return {
    get: (source, position, now) => {
      const timeout = AbortSignal.timeout(options.timeoutMs)
      const ask = (url: URL, headers: Record<string, string>) =>
        fetch(url, {
          headers,
          redirect: 'manual',
          dispatcher: agent,
          signal: AbortSignal.any([signal, timeout]),
        })
      return follow(source, position, { now, guard, options, ask })
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

interface Way {
  readonly now: Date
  readonly guard: Guard
  readonly options: Limits
  readonly ask: (url: URL, headers: Record<string, string>) => Promise<Response>
}

async function follow(source: UrlSource, position: Position, way: Way): Promise<Answer> {
  let url = new URL(position.movedTo ?? source.url)
  let movedTo = position.movedTo
  let isPermanent = true
  for (let hops = 0; ; hops++) {
    const refusal = way.guard.refusal(url)
    if (refusal) throw new Error(`refused: ${refusal}`)
    const response = await way.ask(url, headersFor(url, source, position))
    const next = nextHop(response, url)
    if (!next) return answerOf(response, { url, movedTo, way })

    await response.body?.cancel()
    if (hops >= way.options.redirects) throw new Error(`more than ${way.options.redirects} redirects`)
    isPermanent &&= PERMANENT.has(response.status)
    if (isPermanent) movedTo = next.href
    url = next
  }
}

/** Credentials go to the place that the person gave them for and nowhere else. */
function headersFor(url: URL, source: UrlSource, position: Position): Record<string, string> {
  const isHome = url.origin === new URL(source.url).origin
  return {
    ...HEADERS,
    ...(isHome && source.authorization && { authorization: source.authorization }),
    ...(position.etag && { 'if-none-match': position.etag }),
    ...(position.lastModified && { 'if-modified-since': position.lastModified }),
  }
}

function nextHop(response: Response, from: URL): URL | undefined {
  if (!PERMANENT.has(response.status) && !TEMPORARY.has(response.status)) return undefined
  const next = URL.parse(response.headers.get('location') ?? '', from.href)
  if (!next) throw new Error(`answered ${response.status} without saying where to`)
  next.username = ''
  next.password = ''
  return next
}

interface Arrival {
  readonly url: URL
  readonly movedTo: string | undefined
  readonly way: Way
}

async function answerOf(response: Response, { url, movedTo, way }: Arrival): Promise<Answer> {
  if (response.ok) {
    const header = (name: string) => response.headers.get(name)?.slice(0, 1000) || undefined
    const body = await bodyOf(response, way.options.maxBytes)
    const received = { ...body, contentType: header('content-type'), address: url.href }
    return {
      kind: 'document',
      received,
      etag: header('etag'),
      lastModified: header('last-modified'),
      movedTo,
    }
  }
  await response.body?.cancel()
  if (response.status === 304) return { kind: 'unchanged', movedTo }
  const until = response.status === 429 || response.status === 503 ? waitOf(response, way.now) : undefined
  if (until) return { kind: 'busy', until, status: response.status }
  throw new Error(
    response.status === 410 ? 'answered 410: the feed is gone for good' : `answered ${response.status}`,
  )
}

/** The body after decompression, up to the limit: what a small compressed body grows to is counted, too. */
async function bodyOf(response: Response, maxBytes: number): Promise<Received> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > maxBytes) break
  }
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), isCut: size > maxBytes }
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function waitOf(response: Response, now: Date): Date | undefined {
  const told = response.headers.get('retry-after')?.trim() ?? ''
  const time = /^\d{1,9}$/.test(told) ? now.getTime() + Number(told) * 1000 : Date.parse(told)
  if (!(time > now.getTime())) return undefined
  return new Date(Math.min(time, now.getTime() + LONGEST_WAIT_MS))
}
