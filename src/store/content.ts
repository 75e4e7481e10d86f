import { cleanText, withoutControls } from '../record/text.ts'
import { blobs, texts } from './columns.ts'
import { pack } from './raw.ts'
import { type Weighted, tsvectors } from './tsvector.ts'

/** The parts of a post that take work before they can be written. */
export interface Content {
  readonly title: string | undefined
  readonly text: string
  readonly quoted: string | undefined
  readonly signature: string | undefined
  readonly raw: Uint8Array
}

/**
 * Makes the columns title, body, quoted, signature, search and raw of posts, undefined for a placeholder. Made
 * before the transaction, so that no lock is held meanwhile, and perhaps on another thread.
 */
export type Prepare = (contents: readonly (Content | undefined)[]) => Promise<readonly Uint8Array[]>

/** The columns, made here and now. */
export function columnsOf(contents: readonly (Content | undefined)[]): Buffer[] {
  return [
    texts(contents.map((post) => post?.title && withoutControls(post.title))),
    texts(contents.map((post) => post && cleanText(post.text))),
    texts(contents.map((post) => post?.quoted && cleanText(post.quoted))),
    texts(contents.map((post) => post?.signature && cleanText(post.signature))),
    tsvectors(contents.map((post) => post && weighted(post))),
    blobs(contents.map((post) => post && pack(post.raw))),
  ]
}

function weighted({ title, text, signature, quoted }: Content): Weighted[] {
  return [
    [title, 'A'],
    [text, 'B'],
    [signature, 'C'],
    [quoted, 'D'],
  ]
}
