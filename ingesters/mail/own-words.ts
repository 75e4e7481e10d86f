import { attributionAbove, opensForward, opensSignature } from './quote-marks.ts'

/** A body told apart by who wrote it. */
export interface Words {
  /** The author's own. */
  readonly text: string
  /** What the message repeats of others, one level of `>` taken off. */
  readonly quoted: string
  readonly signature: string
}

type Kind = keyof Words | 'marked'

/** A stretch of whole lines; a `marked` one is quoted with `>`. */
interface Stretch {
  readonly kind: Kind
  readonly from: number
  to: number
}

const QUOTE_MARKS = /^ ?> ?/gm
const PGP_HEADER = /^-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:Hash: .*\n)*/
/** A longer one is no signature any more: what follows is a patch or a log, which the author sends. */
const LONGEST_SIGNATURE = 30

/**
 * Tells the author's words from quoted lines and the line that introduces them, from everything below the
 * separator of a forwarded or answered message, and from the signature. One pass over the lines, none of
 * which is copied: mail is read by the gigabyte.
 */
export function ownWords(body: string): Words {
  const stretches: Stretch[] = []
  let kind: Exclude<Kind, 'marked'> = 'text'
  let signatureLines = 0
  for (let at = PGP_HEADER.exec(body)?.[0].length ?? 0; at < body.length; ) {
    if (kind !== 'quoted' && isMarked(body, at)) mark(stretches, body, at)
    else {
      if (kind !== 'quoted' && opensForward(body, at)) kind = 'quoted'
      else if (kind === 'text' && opensSignature(body, at)) kind = 'signature'
      else if (kind === 'signature' && ++signatureLines > LONGEST_SIGNATURE) kind = 'text'
      open(stretches, kind, at)
    }
    const end = kind === 'quoted' ? -1 : body.indexOf('\n', at)
    at = end < 0 ? body.length : end + 1
  }
  return {
    text: joined(stretches, body, 'text'),
    quoted: quotedOf(stretches, body),
    signature: joined(stretches, body, 'signature'),
  }
}

function isMarked(body: string, at: number): boolean {
  const first = body.charCodeAt(at)
  return first === 0x3e || (first === 0x20 && body.charCodeAt(at + 1) === 0x3e)
}

/** A quoted line; the line above that says whom it quotes goes with it. */
function mark(stretches: Stretch[], body: string, at: number): void {
  const above = stretches.at(-1)
  if (above?.kind === 'marked') return
  if (above) {
    const start = attributionAbove(body, above.from, at)
    if (start < at) open(stretches, 'quoted', start)
  }
  open(stretches, 'marked', at)
}

function open(stretches: Stretch[], kind: Kind, from: number): void {
  const above = stretches.at(-1)
  if (above?.kind === kind) return
  if (above) above.to = from
  stretches.push({ kind, from, to: Number.POSITIVE_INFINITY })
}

function quotedOf(stretches: readonly Stretch[], body: string): string {
  const parts = stretches.map(({ kind, from, to }) => {
    if (kind === 'marked') return body.slice(from, to).replace(QUOTE_MARKS, '')
    return kind === 'quoted' ? body.slice(from, to) : ''
  })
  return trimmed(parts.join(''))
}

function joined(stretches: readonly Stretch[], body: string, wanted: Kind): string {
  return trimmed(
    stretches.map(({ kind, from, to }) => (kind === wanted ? body.slice(from, to) : '')).join(''),
  )
}

/** Without empty lines at either end. */
function trimmed(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}
