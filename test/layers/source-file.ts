import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'rolldown/utils'

type Parsed = ReturnType<typeof parseSync>

/** A file of the project as the rules look at it. */
export interface SourceFile {
  /** From the repository's root: `src/store/store.ts`. */
  readonly path: string
  readonly text: string
  readonly program: Parsed['program']
  /** What stands in comments, one element each. */
  readonly comments: readonly string[]
  /** The project's own files that it imports, from the root; packages are left out. */
  readonly imports: readonly string[]
  /** It passes on what another of the project's files exports. */
  readonly reexports: boolean
  readonly exportsDefault: boolean
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Every `.ts` and `.tsx` file under the folders named, fixtures left out. */
export function sourceFilesIn(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(posix.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('fixtures/'))
      .toSorted()
      .map((file) => posix.join(folder, file))
      .map((path) => sourceFile(path, readFileSync(posix.join(ROOT, path), 'utf8'))),
  )
}

/** Reads a file's text; `path` decides what its relative imports mean. */
export function sourceFile(path: string, text: string): SourceFile {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)

  const reexported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  )
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...reexported,
    ...module.dynamicImports.flatMap(({ moduleRequest }) => quoted(text, moduleRequest)),
  ]
  return {
    path,
    text,
    program,
    comments: comments.map(({ value }) => value),
    imports: specifiers.filter((to) => to.startsWith('.')).map((to) => posix.join(posix.dirname(path), to)),
    reexports: reexported.some((to) => to.startsWith('.')),
    exportsDefault: module.staticExports.some(({ entries }) =>
      entries.some(({ exportName }) => exportName.kind === 'Default'),
    ),
  }
}

/** The string that a dynamic import names, where it names one. */
function quoted(text: string, { start, end }: { start: number; end: number }): string[] {
  const [, specifier] = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(start, end)) ?? []
  return specifier ? [specifier] : []
}
