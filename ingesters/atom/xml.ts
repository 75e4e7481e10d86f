import { decodeHTMLStrict } from 'entities'
import { Parser } from 'htmlparser2'
import { canonicalName, rootScope, type Scope, scopeOf } from './namespaces.ts'

/** One element, whatever dialect it was written in: its name has the canonical prefix (`atom:entry`, `dc:date`, `item`). */
export interface Element {
  readonly name: string
  /** Names as for elements (`href`, `rdf:about`), entities decoded. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (Element | string)[]
  /** What relative URLs inside are relative to: `xml:base` (W3C XML Base), or else the document's own address. */
  readonly base: string | undefined
  /** Where it stands in the document: offsets of its first character and of the one after its last. */
  readonly start: number
  readonly end: number
  /** False where the document, or an outer element, ended before this one did. */
  readonly isComplete: boolean
}

interface OpenElement extends Element {
  readonly children: (Element | string)[]
  readonly scope: Scope
  end: number
  isComplete: boolean
}

/** Far above any honest feed, and low enough that the tree of the largest document fits in memory. */
const DEEPEST = 200
const MOST_ELEMENTS = 300_000

/**
 * Reads XML the way feeds are really written: unclosed and misnested tags, undeclared prefixes and HTML's named
 * entities are understood, and so is a document that is cut off. Entities that a DTD declares stay as they are
 * written, so there is nothing to expand. Undefined where there is no element at all; throws where the
 * document is nested too deeply or has too many elements. `address` is where the document came from.
 */
export function readXml(text: string, address?: string): Element | undefined {
  const stack: OpenElement[] = []
  const top: OpenElement[] = []
  let elements = 0
  let isVerbatim = false

  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++elements > MOST_ELEMENTS) throw new Error(`more than ${MOST_ELEMENTS} elements`)
        if (stack.length >= DEEPEST) throw new Error(`elements nested deeper than ${DEEPEST}`)
        const parent = stack.at(-1)
        const element = opened(name, attributes, parser.startIndex, parent ?? { base: address })
        const siblings = parent?.children ?? top
        siblings.push(element)
        stack.push(element)
      },
      onclosetag(_name, isImplied) {
        const element = stack.pop()
        if (element) Object.assign(element, { isComplete: !isImplied, end: parser.endIndex + 1 })
      },
      ontext(data) {
        stack.at(-1)?.children.push(isVerbatim ? data : decodeHTMLStrict(data))
      },
      oncdatastart() {
        isVerbatim = true
      },
      oncdataend() {
        isVerbatim = false
      },
    },
    { xmlMode: true, decodeEntities: false },
  )
  parser.end(text)
  return top[0]
}

/** The elements directly inside that bear one of these names, in the document's order. */
export function childrenOf(element: Element, ...names: string[]): Element[] {
  return element.children
    .filter((child) => typeof child !== 'string')
    .filter(({ name }) => names.includes(name))
}

/** The first element directly inside that bears the first of these names that any does. */
export function childOf(element: Element, ...names: string[]): Element | undefined {
  for (const name of names) {
    const found = element.children.find((child) => typeof child !== 'string' && child.name === name)
    if (found && typeof found !== 'string') return found
  }
  return undefined
}

/** All text inside, without the elements around it; undefined where there is none but white space. */
export function textOf(element: Element | undefined): string | undefined {
  if (!element) return undefined
  const text = element.children.map((child) => (typeof child === 'string' ? child : (textOf(child) ?? '')))
  return text.join('').trim() || undefined
}

function opened(
  name: string,
  written: Readonly<Record<string, string>>,
  start: number,
  outer: { readonly base: string | undefined; readonly scope?: Scope },
): OpenElement {
  const scope = outer.scope ? scopeOf(written, outer.scope) : rootScope(name, scopeOf(written))
  const attributes = attributesOf(written, scope)
  const base = absolute(attributes.get('xml:base'), outer.base) ?? outer.base
  return {
    name: canonicalName(name, scope),
    attributes,
    children: [],
    base,
    scope,
    start,
    end: start,
    isComplete: false,
  }
}

/** Most elements of a feed have no attributes, and a map for each of them would be a third of the tree. */
const NONE: ReadonlyMap<string, string> = new Map()

function attributesOf(written: Readonly<Record<string, string>>, scope: Scope): ReadonlyMap<string, string> {
  const own = Object.entries(written).filter(([key]) => !/^xmlns(:|$)/.test(key))
  if (own.length === 0) return NONE
  return new Map(own.map(([key, value]) => [canonicalName(key, scope, true), decodeHTMLStrict(value)]))
}

/** A URL reference made whole; undefined where it cannot be. */
export function absolute(reference: string | undefined, base: string | undefined): string | undefined {
  const trimmed = reference?.trim()
  if (!trimmed) return undefined
  if (base) return URL.parse(trimmed, base)?.href
  return URL.parse(trimmed)?.href
}
