import { type AttachmentStream, MailParser, type MessageText } from 'mailparser'
import type { Attachment } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'

/** What a message carries below its headers. */
export interface Body {
  readonly text: string
  readonly html: string
  readonly attachments: readonly Attachment[]
}

/** The text-to-HTML work is most of what mailparser does and nothing we use. */
const SETTINGS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  checksumAlgo: false,
} as const

const MOST_ATTACHMENTS = 200

/** Reads text, HTML and the list of attachments out of the MIME structure. Rejects where it passes mailparser's limits. */
export async function bodyOf(message: Buffer): Promise<Body> {
  const parser = new MailParser(SETTINGS)
  const attachments: Attachment[] = []
  let words: MessageText | undefined
  parser.on('data', (part: AttachmentStream | MessageText) => {
    if (part.type === 'text') words = part
    else measure(part, (attachment) => attachments.length < MOST_ATTACHMENTS && attachments.push(attachment))
  })
  await new Promise<void>((resolve, reject) => {
    parser.once('end', resolve).once('error', reject)
    parser.end(message)
  })
  return { text: words?.text ?? '', html: words?.html || '', attachments }
}

function measure(part: AttachmentStream, done: (attachment: Attachment) => void): void {
  let size = 0
  part.content.on('data', (chunk: Buffer) => {
    size += chunk.length
  })
  part.content.once('end', () => {
    done(attachmentOf(part.contentType, part.filename, size))
    part.release?.()
  })
}

/** An attachment as it is kept: name and type on one line, of a sane length. */
export function attachmentOf(type: string, name: string | undefined, size: number): Attachment {
  const clean = cleanName(name ?? '')
  return { type: cleanName(type).toLowerCase(), size, ...(clean && { name: clean }) }
}
