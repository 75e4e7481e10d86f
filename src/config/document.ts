import { LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { Problems } from './problems.ts'

/** A config file as YAML nodes. */
export interface ConfigDocument {
  /** Null for a file that says nothing. */
  readonly top: ParsedNode | null
  /** The line, from 1, of a place in the text. */
  lineAt(offset: number): number
}

/** Errors of YAML follow from one another; the first few say it. */
const MOST_ERRORS = 5

/** Parses YAML 1.2. Adds what is wrong to `problems`, and is undefined then. */
export function parseConfig(text: string, problems: Problems): ConfigDocument | undefined {
  const counter = new LineCounter()
  // Pretty errors quote the line they are about, which may hold a password. Unique keys would be compared each
  // with each, which a large map makes slow; the reading finds them.
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  })
  for (const { pos, code, message } of document.errors.slice(0, MOST_ERRORS)) {
    const { line, col } = counter.linePos(pos[0])
    const wanted = code === 'MULTIPLE_DOCS' ? 'expected one YAML document, found another' : message
    problems.add(line, [], `not YAML: ${wanted.charAt(0).toLowerCase()}${wanted.slice(1)} (column ${col})`)
  }
  if (document.errors.length > 0) return undefined
  return { top: document.contents, lineAt: (offset) => counter.linePos(offset).line }
}
