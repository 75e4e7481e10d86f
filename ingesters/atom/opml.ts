import { UnreadableItem } from '../../src/errors.ts'
import { normalUrl } from '../../src/record/url.ts'
import { childOf, childrenOf, type Element } from './xml.ts'

/** More feeds than this in one list are a mistake or a trick. */
const MOST_FEEDS = 10_000

/**
 * The feeds that an OPML list names (opml.org/spec2, subscription lists): URLs as they are written, each once. Only
 * http and https, since a list from elsewhere must not name files of this machine; others are unreadable items.
 */
export function feedsIn(root: Element, rawOf: (element: Element) => string): (string | UnreadableItem)[] {
  const found = new Map<string, string | UnreadableItem>()
  for (const outline of outlinesIn(childOf(root, 'body') ?? root)) {
    const url = outline.attributes.get('xmlurl')?.trim()
    if (!url) continue
    const normal = normalUrl(url)
    found.set(
      normal ?? url,
      normal
        ? url
        : new UnreadableItem(`outline names no http or https URL: ${url.slice(0, 200)}`, rawOf(outline)),
    )
    if (found.size > MOST_FEEDS) throw new Error(`more than ${MOST_FEEDS} feeds in one list`)
  }
  return [...found.values()]
}

function* outlinesIn(element: Element): Generator<Element> {
  for (const outline of childrenOf(element, 'outline')) {
    yield outline
    yield* outlinesIn(outline)
  }
}
