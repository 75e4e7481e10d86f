import type { Attachment } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'

/** What a message carries below its headers. */
export interface Body {
  readonly text: string
  readonly html: string
  readonly attachments: readonly Attachment[]
}

/** More are not listed. */
export const MOST_ATTACHMENTS = 200

/** An attachment as it is kept: name and type on one line, of a sane length. */
export function attachmentOf(type: string, name: string | undefined, size: number): Attachment {
  const clean = cleanName(name ?? '')
  return { type: cleanName(type).toLowerCase(), size, ...(clean && { name: clean }) }
}
