/** The namespaces that stand above an element, innermost first; a chain, so that a declaration costs nothing below it. */
export interface Scope {
  readonly declared: ReadonlyMap<string, string>
  readonly outer?: Scope
}

/**
 * One prefix for each vocabulary that feeds use, by a beginning of its namespace name in lower case: RSS 1.0
 * and the dialects that put RSS 2.0's elements into a namespace count as plain RSS, Atom 0.3 as Atom.
 */
const PREFIXES: readonly (readonly [string, string])[] = [
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns', 'atom'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/', 'module'],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/net/rss1.1', ''],
  ['http://my.netscape.com/', ''],
  ['http://channel.netscape.com/', ''],
  ['http://backend.userland.com/', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/elements/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/', 'itunes'],
  ['http://purl.org/syndication/thread/', 'thr'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
]

/** The scope of an element with these attributes; the outer one where it declares nothing. */
export function scopeOf(attributes: Readonly<Record<string, string>>, outer?: Scope): Scope {
  if (outer && !Object.keys(attributes).some((name) => name.startsWith('xmlns'))) return outer
  const declared = new Map<string, string>()
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') declared.set('', prefixFor(value))
    else if (name.startsWith('xmlns:')) declared.set(name.slice(6), prefixFor(value))
  }
  return outer ? { declared, outer } : { declared }
}

/** A feed that forgets to say in which vocabulary it is written, or makes one up, is still what its root is called. */
export function rootScope(root: string, scope: Scope): Scope {
  const [, kind] = /^(?:unknown:)?(feed|rss|channel)$/.exec(canonicalName(root, scope)) ?? []
  if (!kind) return scope
  const written = root.slice(0, Math.max(root.indexOf(':'), 0))
  return { declared: new Map([[written, kind === 'feed' ? 'atom' : '']]), outer: scope }
}

/**
 * `atom:title` for a `Title` whose namespace is Atom's, whatever prefix the document uses; the prefix as written
 * where it was never declared. Lower case, since feeds write `pubdate` too. Attributes without a prefix are in
 * no namespace.
 */
export function canonicalName(name: string, scope: Scope, isAttribute = false): string {
  const colon = name.indexOf(':')
  if (colon < 0 && isAttribute) return name.toLowerCase()
  const written = name.slice(0, Math.max(colon, 0))
  const prefix = lookUp(written, scope) ?? (written === '' ? '' : written.toLowerCase())
  const local = name.slice(colon + 1).toLowerCase()
  return prefix ? `${prefix}:${local}` : local
}

function lookUp(prefix: string, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const found = at.declared.get(prefix)
    if (found !== undefined) return found
  }
  return undefined
}

/** Vocabularies that no feed reader knows share one prefix, so that they are never taken for RSS. */
function prefixFor(namespace: string): string {
  if (namespace === '') return ''
  const wanted = namespace.toLowerCase()
  return PREFIXES.find(([beginning]) => wanted.startsWith(beginning))?.[1] ?? 'unknown'
}
