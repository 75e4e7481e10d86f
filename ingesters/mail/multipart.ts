import { type HeaderBlock, partHeadersIn } from './header-block.ts'

/** One part of a multipart. */
export interface Part {
  readonly headers: HeaderBlock
  /** What stands below the headers, still encoded. */
  readonly bytes: Buffer
}

const MOST_PARTS = 1000
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const DASH = 0x2d

/** The parts between the lines of a boundary (RFC 2046, 5.1.1); undefined where no such line is found. */
export function partsOf(bytes: Buffer, boundary: string): Part[] | undefined {
  const delimiter = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let start = -1
  for (let at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    if (at > 0 && bytes[at - 1] !== LINE_FEED) continue
    const line = endOfDelimiter(bytes, at + delimiter.length)
    if (!line) continue
    if (start >= 0) parts.push(partOf(bytes.subarray(start, lineBreakBefore(bytes, at))))
    if (line.isLast || parts.length >= MOST_PARTS) return parts
    start = line.after
  }
  if (start < 0) return undefined
  parts.push(partOf(bytes.subarray(start)))
  return parts
}

function partOf(bytes: Buffer): Part {
  const headers = partHeadersIn(bytes)
  return { headers, bytes: bytes.subarray(headers.bodyAt) }
}

/** Behind the boundary only `--` and white space may stand. */
function endOfDelimiter(
  bytes: Buffer,
  from: number,
): { readonly after: number; readonly isLast: boolean } | undefined {
  const isLast = bytes[from] === DASH && bytes[from + 1] === DASH
  let at = isLast ? from + 2 : from
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++
  if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at++
  return at >= bytes.length || bytes[at] === LINE_FEED
    ? { after: Math.min(at + 1, bytes.length), isLast }
    : undefined
}

/** The line break before a delimiter belongs to it. */
function lineBreakBefore(bytes: Buffer, at: number): number {
  return bytes[at - 2] === CARRIAGE_RETURN ? at - 2 : Math.max(0, at - 1)
}
