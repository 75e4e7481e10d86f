import { childrenOf, type Element, textOf } from './xml.ts'
import type { Markup } from './feed.ts'

/** Elements that say nothing to HTML once they stand alone. */
const VOID = new Set([
  'area',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])

/**
 * A text construct whose kind must be seen in the text itself, as RSS leaves it open: HTML where it has a tag or an
 * entity in it. Markup that stands there as elements, not escaped, is written out again.
 */
export function looseText(element: Element | undefined): Markup | undefined {
  if (!element) return undefined
  const hasElements = element.children.some((child) => typeof child !== 'string')
  const text = (hasElements ? innerHtml(element) : textOf(element))?.trim()
  if (!text) return undefined
  return { format: hasElements || looksLikeHtml(text) ? 'html' : 'plain', text, base: element.base }
}

/**
 * An Atom text construct (RFC 4287, section 3.1, and `mode` of Atom 0.3): `text`, `html` or `xhtml` as its type
 * says. Undefined where it holds something that is no text, such as a picture.
 */
export function atomText(element: Element | undefined): Markup | undefined {
  if (!element) return undefined
  const type = (element.attributes.get('type') ?? 'text').trim().toLowerCase()
  const mode = element.attributes.get('mode')?.toLowerCase()
  const base = element.base
  if (mode === 'base64' || isBinary(type)) return decodedBase64(element, type)

  if (/xhtml|xml$/.test(type) || mode === 'xml') {
    const text = innerHtml(xhtmlDiv(element) ?? element).trim()
    return text ? { format: 'html', text, base } : undefined
  }
  const found = looseText(element)
  if (!found) return undefined
  const isHtml = /html/.test(type) || element.children.some((child) => typeof child !== 'string')
  return { ...found, format: isHtml ? 'html' : 'plain' }
}

/** Whether a text that may be either is HTML: it has a tag, a comment or a character reference. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?[a-z!][^<>]{0,2000}>|&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/i.test(text)
}

function isBinary(type: string): boolean {
  return type.includes('/') && !/^text\/|xml$|html/.test(type)
}

function decodedBase64(element: Element, type: string): Markup | undefined {
  if (!/^text|html/.test(type)) return undefined
  const text = Buffer.from(textOf(element) ?? '', 'base64')
    .toString()
    .trim()
  return text ? { format: /html/.test(type) ? 'html' : 'plain', text, base: element.base } : undefined
}

/** The `div` that XHTML content must be wrapped in and that is no part of it. */
function xhtmlDiv(element: Element): Element | undefined {
  const [only, ...others] = element.children.filter((child) => typeof child !== 'string' || child.trim())
  if (!only || typeof only === 'string' || others.length > 0) return undefined
  return childrenOf(element, 'xhtml:div', 'atom:div', 'div')[0]
}

function innerHtml(element: Element): string {
  return element.children
    .map((child) => (typeof child === 'string' ? escaped(child) : outerHtml(child)))
    .join('')
}

function outerHtml(element: Element): string {
  const name = element.name.slice(element.name.lastIndexOf(':') + 1)
  const attributes = element.attributes
    .entries()
    .map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .toArray()
  const inner = innerHtml(element)
  const isVoid = VOID.has(name) && !inner
  return `<${name}${attributes.join('')}>${isVoid ? '' : `${inner}</${name}>`}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
