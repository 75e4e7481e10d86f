import { open } from 'node:fs/promises'
import type { Received } from './document.ts'
import { digestOf, type Position } from './position.ts'
import type { Source } from './source.ts'
import type { Answer, Web } from './web.ts'

/** What came of asking for one source, and where that leaves it; the entries of a document are not yet counted in. */
export type Fetched = { readonly source: Source; readonly position: Position } & (
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly reason: Error }
  | {
      readonly kind: 'document'
      readonly received: Received
      /** Byte for byte what it was: nothing in it is new, though a list must be read again for its feeds. */
      readonly isSame: boolean
    }
)

/** Asks for one source on from its position; a failure is a value, so that one dead feed does not stop the others. */
export async function fetchSource(
  source: Source,
  before: Position,
  { web, maxBytes, now }: { readonly web: Web; readonly maxBytes: number; readonly now: Date },
): Promise<Fetched> {
  if (before.notBefore && Date.parse(before.notBefore) > now.getTime()) {
    return { kind: 'nothing', source, position: before }
  }
  try {
    if (source.kind === 'file') return documentOf(source, before, await fileOf(source.stream, maxBytes), {})
    const condition = before.isList ? { movedTo: before.movedTo } : before
    return fromAnswer(source, before, await web.get(source, condition, now))
  } catch (error) {
    return failed(source, before, error)
  }
}

async function fileOf(path: string, maxBytes: number): Promise<Received> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, maxBytes) + 1), 0)
  return { bytes: buffer.subarray(0, Math.min(bytesRead, maxBytes)), isCut: bytesRead > maxBytes }
}

function fromAnswer(source: Source, before: Position, answer: Answer): Fetched {
  switch (answer.kind) {
    case 'busy': {
      const until = answer.until.toISOString()
      const reason = new Error(`answered ${answer.status} and asks to be left alone until ${until}`)
      return { kind: 'failed', source, position: { ...before, notBefore: until }, reason }
    }
    case 'unchanged':
      return {
        kind: 'nothing',
        source,
        position: { ...before, movedTo: answer.movedTo, notBefore: undefined },
      }
    case 'document': {
      const { etag, lastModified, movedTo } = answer
      return documentOf(source, before, answer.received, { etag, lastModified, movedTo })
    }
  }
}

function documentOf(
  source: Source,
  before: Position,
  received: Received,
  told: Pick<Position, 'etag' | 'lastModified' | 'movedTo'>,
): Fetched {
  const digest = digestOf(received.bytes, 16)
  const position = { ...before, ...told, notBefore: undefined, digest }
  return { kind: 'document', source, position, received, isSame: digest === before.digest }
}

/** A place that a feed moved to and that fails is forgotten, so that the next reading asks the old one again. */
function failed(source: Source, before: Position, error: unknown): Fetched {
  const isHome = before.movedTo === undefined
  const position = isHome ? before : { digest: before.digest, isList: before.isList, seen: before.seen }
  return { kind: 'failed', source, position, reason: new Error(wording(error), { cause: error }) }
}

/** fetch says only "fetch failed"; what failed is in its cause, or in the first of several causes. */
function wording(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no whole answer in time'
  const { cause } = error
  const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  return inner instanceof Error ? inner.message : error.message
}
