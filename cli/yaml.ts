/** What a document may hold. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml }

/**
 * A value as a YAML document in block style, without its last line end, that readers of YAML 1.1 and 1.2 read alike: a string is plain only
 * where no version takes it for anything else, and otherwise double-quoted with all that is not printable escaped.
 * Written here because the library takes as long to import as an empty process takes to run.
 */
export function yaml(value: Yaml): string {
  return `---\n${block(value, 0).replace(/^\n/, '')}`
}

/** A value behind its key or dash: on the same line, or on lines of its own. */
function block(value: Yaml, depth: number): string {
  if (typeof value === 'string') return scalar(value)
  if (typeof value !== 'object') return String(value)
  const indent = '  '.repeat(depth)
  if (isList(value)) {
    if (value.length === 0) return '[]'
    return value.map((item) => `\n${indent}- ${block(item, depth + 1).trimStart()}`).join('')
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  return entries.map(([key, item]) => `\n${indent}${scalar(key)}:${spaced(block(item, depth + 1))}`).join('')
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value)
}

function spaced(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`
}

/** Starts with a letter and holds no mark that means something to YAML; a colon only between two other characters. */
const PLAIN = /^[\p{L}_](?:[\p{L}\p{M}\p{N} _.@+/'(),;&!?=~-]|:(?=[\p{L}\p{N}/]))*$/u
/** Words that are null or a truth value to one version or the other (YAML 1.1 language-independent types). */
const MEANS_MORE = /^(?:null|true|false|yes|no|on|off|y|n)$/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** What YAML does not take as it is (1.2, production `c-printable`), and what a terminal would obey. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\p{Cs}]/gu

function scalar(text: string): string {
  const isPlain = (PLAIN.test(text) && !MEANS_MORE.test(text) && !text.endsWith(' ')) || UUID.test(text)
  return isPlain ? text : JSON.stringify(text).replace(UNPRINTABLE, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
