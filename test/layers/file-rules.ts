import { posix } from 'node:path'
import { Visitor } from 'rolldown/utils'
import type { SourceFile } from './source-file.ts'

const LONGEST_FILE = 300
const LONGEST_FUNCTION = 50
const NAMES_OF_A_KIND = /^(utils?|helpers?|common|types?|managers?|services?|misc|shared)\.tsx?$/
const SUPPRESSION =
  /@ts-(ignore|expect-error|nocheck)|(oxlint|eslint|biome)-(disable|ignore)|(v8|c8|istanbul) ignore/
const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b/
const DOUBLES = new Set(['mock', 'doMock', 'fn', 'spyOn', 'mocked', 'mockObject', 'hoisted', 'stubGlobal'])
/** Folders that are read as registries, where the default export is the plugin; and vitest's global set-up. */
const PLUGINS =
  /^(ingesters|cli\/commands|schema\/migrations|src\/config\/tags|src\/link\/heuristics|etc\/skeletons)\/|^test\/(ingesters\/samples\/|support\/cluster\.ts)/
/** Entities have the names of the model, and one of them is `service`. */
const ENTITY_FILE = /^schema\/[a-z-]+\.ts$/

/** What is wrong with one file by itself, a complaint each. */
export function complaints(file: SourceFile): string[] {
  return [
    ...aboutItsSize(file),
    ...aboutItsName(file),
    ...aboutItsComments(file),
    ...aboutItsExports(file),
    ...aboutItsCode(file),
  ].map((complaint) => `${file.path}: ${complaint}`)
}

function aboutItsSize({ text }: SourceFile): string[] {
  const lines = text.trimEnd().split('\n').length
  return lines > LONGEST_FILE ? [`${lines} lines, at most ${LONGEST_FILE}`] : []
}

function aboutItsName({ path }: SourceFile): string[] {
  const name = posix.basename(path)
  if (NAMES_OF_A_KIND.test(name) && !ENTITY_FILE.test(path))
    return ['named for its kind, not for what it holds']
  return /^[a-z0-9][a-z0-9.-]*$/.test(name) ? [] : ['a file name is in kebab case']
}

function aboutItsComments({ comments }: SourceFile): string[] {
  return comments.flatMap((comment) => {
    const found = SUPPRESSION.exec(comment) ?? UNFINISHED.exec(comment)
    return found ? [`a comment says ${found[0]}`] : []
  })
}

function aboutItsExports({ path, exportsDefault }: SourceFile): string[] {
  return exportsDefault && !PLUGINS.test(path) ? ['a default export outside a plugin folder'] : []
}

function aboutItsCode({ path, text, program }: SourceFile): string[] {
  const found: string[] = []
  const length = (node: { start: number; end: number }): void => {
    const lines = text.slice(node.start, node.end).split('\n').length
    if (lines > LONGEST_FUNCTION && !path.startsWith('test/')) found.push(`a function of ${lines} lines`)
  }

  new Visitor({
    FunctionDeclaration: length,
    FunctionExpression: length,
    ArrowFunctionExpression: length,
    ClassDeclaration: ({ superClass }) => {
      if (superClass && !mayBeExtended(text.slice(superClass.start, superClass.end), path)) {
        found.push(`a class extends ${text.slice(superClass.start, superClass.end)}`)
      }
    },
    MemberExpression: ({ object, property }) => {
      const isDouble = property.type === 'Identifier' && DOUBLES.has(property.name)
      if (isDouble && object.type === 'Identifier' && object.name === 'vi') found.push(`vi.${property.name}`)
    },
    TSAsExpression: ({ typeAnnotation }) => {
      const type = text.slice(typeAnnotation.start, typeAnnotation.end)
      if (type !== 'const') found.push(`as ${type}`)
    },
    TSNonNullExpression: () => found.push('an exclamation mark instead of a check'),
    TSAnyKeyword: () => found.push('any'),
    TSEnumDeclaration: () => found.push('an enum'),
  }).visit(program)
  return found
}

/** Errors extend `Error`; an entity extends the class that its schema made. */
function mayBeExtended(parent: string, path: string): boolean {
  return parent === 'Error' || (ENTITY_FILE.test(path) && /^[A-Z]\w*Schema\.class$/.test(parent))
}
