import { attributionLines, opensForward, opensSignature } from './quote-marks.ts'

/** A body told apart by who wrote it. */
export interface Words {
  /** The author's own. */
  readonly text: string
  /** What the message repeats of others, one level of `>` taken off. */
  readonly quoted: string
  readonly signature: string
}

const QUOTE_MARK = /^ ?> ?/
const PGP_HEADER = /^(?:-----BEGIN PGP SIGNED MESSAGE-----|Hash: \S+)\s*$/
/** A longer one is no signature any more: what follows it is a patch or a log, which the author sends. */
const LONGEST_SIGNATURE = 30

/**
 * Tells the author's words from quoted lines and the line that introduces them, from everything below the
 * separator of a forwarded or answered message, and from the signature. One pass over the lines.
 */
export function ownWords(body: string): Words {
  const lines = body.split('\n')
  const text: string[] = []
  const quoted: string[] = []
  const signature: string[] = []
  let current = text
  let inQuote = false

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (current === quoted) quoted.push(line)
    else if (isQuoted(line)) {
      if (!inQuote) quoted.push(...current.splice(current.length - attributionLines(current)))
      quoted.push(line.replace(QUOTE_MARK, ''))
      inQuote = true
    } else if (at > 3 || !PGP_HEADER.test(line)) {
      inQuote = false
      if (opensForward(lines, at)) current = quoted
      else if (opensSignature(lines, at)) current = signature
      else if (signature.length > LONGEST_SIGNATURE) current = text
      current.push(line)
    }
  }
  return { text: joined(text), quoted: joined(quoted), signature: joined(signature) }
}

function isQuoted(line: string): boolean {
  const first = line.charCodeAt(0)
  return first === 0x3e || (first === 0x20 && line.charCodeAt(1) === 0x3e)
}

/** Without empty lines at either end. */
function joined(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}
