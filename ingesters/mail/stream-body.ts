import { type AttachmentStream, MailParser, type MessageText } from 'mailparser'
import type { Attachment } from '../../src/record/observation.ts'
import { attachmentOf, type Body, MOST_ATTACHMENTS } from './body.ts'

/** The text-to-HTML work is most of what mailparser does and nothing we use; messages inside are attachments. */
const SETTINGS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  checksumAlgo: false,
  ignoreEmbedded: true,
} as const

/**
 * Reads a body with mailparser, which knows every way in which MIME is broken. Rejects where the message
 * passes mailparser's limits on headers, parts and nesting.
 */
export async function streamedBody(message: Buffer): Promise<Body> {
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
