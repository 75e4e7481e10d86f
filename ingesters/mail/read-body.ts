import type { Body } from './body.ts'
import type { HeaderBlock } from './header-block.ts'
import { regularBody } from './regular-body.ts'

/**
 * Text, HTML and the list of attachments of a message. Bodies of a regular structure, nearly all there are,
 * are read in one pass; mailparser reads the others, takes many times as long for each, and is loaded
 * when the first one comes.
 */
export async function bodyOf(message: Buffer, headers: HeaderBlock): Promise<Body> {
  const below = message.subarray(headers.bodyAt)
  const regular = regularBody(below, headers)
  if (regular) return regular
  const { streamedBody } = await import('./stream-body.ts')
  return streamedBody(Buffer.concat([mimeHeaders(headers), below]))
}

/** Only these say what the body is; a large header of another kind would cost mailparser its time. */
function mimeHeaders(headers: HeaderBlock): Buffer {
  const names = ['content-type', 'content-transfer-encoding', 'content-disposition'] as const
  const lines = names.flatMap((name) => headers.all(name).map((value) => `${name}: ${value}\n`))
  return Buffer.from(`${lines.join('')}\n`)
}
