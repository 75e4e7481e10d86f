import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** One request as the server saw it. */
export interface Request {
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

/** A real Web server on a free port of this machine, with what it was asked so far. */
export interface Server extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  readonly requests: readonly Request[]
}

/** Starts a server that answers as it is told. */
export async function serve(answer: (request: Request, response: ServerResponse) => void): Promise<Server> {
  const requests: Request[] = []
  const server = createServer(({ url = '/', headers }, response) => {
    const request = { path: url, headers }
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** An Atom feed with one entry for each title. */
export function atomFeed(...titles: string[]): string {
  const entries = titles.map(
    (title, at) =>
      `<entry><id>urn:t:${at}</id><title>${title}</title><updated>2024-01-0${at + 1}T00:00:00Z</updated></entry>`,
  )
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tests</title>${entries.join('')}</feed>`
}
