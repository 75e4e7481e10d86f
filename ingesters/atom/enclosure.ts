import type { Attachment } from '../../src/record/observation.ts'
import { cleanName } from '../../src/record/text.ts'
import { normalUrl } from '../../src/record/url.ts'

/** A file as a feed describes it, unchecked. */
interface Described {
  readonly url: string | undefined
  readonly type: string | undefined
  /** Bytes in decimal digits. */
  readonly size: string | undefined
  readonly name: string | undefined
}

/** A file that came with an entry; undefined where no URL says where it is. */
export function attachment({ url, type, size, name }: Described): Attachment | undefined {
  const place = normalUrl(url ?? '')
  if (!place) return undefined
  const [mediaType] = /^[\w.+-]+\/[\w.+-]+/.exec(type?.trim().toLowerCase() ?? '') ?? []
  const bytes = /^\d{1,15}$/.test(size?.trim() ?? '') ? Number(size) : 0
  const title = cleanName(name ?? '')
  return {
    type: mediaType?.slice(0, 100) ?? 'application/octet-stream',
    url: place,
    ...(bytes > 0 && { size: bytes }),
    ...(title && { name: title }),
  }
}
