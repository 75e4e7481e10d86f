import type { SourceFile } from './source-file.ts'

/**
 * Who may import whom, beside a room's own files; the longest prefix that fits decides. Imports go one way:
 * cli, ingesters, src, schema.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'cli/': ['src/', 'ingesters/', 'schema/', 'package.json'],
  'ingesters/': ['src/ingest/', 'src/record/', 'src/errors.ts', 'package.json'],
  'src/': [],
  'src/errors.ts': [],
  'src/folder.ts': [],
  'src/log.ts': ['src/errors.ts', 'src/record/text.ts'],
  'src/record/': ['src/errors.ts'],
  'src/ingest/': ['src/record/', 'src/errors.ts'],
  'src/config/': [
    'src/errors.ts',
    'src/record/',
    'src/folder.ts',
    'src/log.ts',
    'src/database/database-config.ts',
  ],
  'src/database/': ['src/errors.ts', 'src/folder.ts', 'src/log.ts', 'schema/migrations/'],
  'src/store/': ['src/record/', 'src/ingest/', 'src/database/', 'src/errors.ts', 'src/folder.ts'],
  'src/link/': ['src/record/', 'src/ingest/', 'src/database/', 'src/errors.ts'],
  'src/query/': ['src/record/', 'src/database/', 'src/errors.ts'],
  'schema/': [],
}

/** Imports that go against the way, a complaint each. */
export function importsAgainstTheWay(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path)
    const allowed = [home(file.path, room), ...(MAY_IMPORT[room] ?? [])]
    return file.imports
      .filter(
        (to) => !allowed.some((prefix) => to === prefix || (prefix.endsWith('/') && to.startsWith(prefix))),
      )
      .map((to) => `${file.path} imports ${to}; ${room} may import ${allowed.join(', ')}`)
  })
}

/** Rings of files that import each other, each named once. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.imports]))
  const done = new Set<string>()
  const cycles: string[] = []

  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' -> '))
    if (at >= 0 || done.has(path)) return
    for (const to of imports.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return cycles
}

/** Files that are doors to others: whoever needs a thing imports the file that has it. */
export function barrels(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => file.reexports)
    .map(({ path }) => `${path} passes on what another file exports`)
}

function roomOf(path: string): string {
  const prefixes = Object.keys(MAY_IMPORT).filter((prefix) => path.startsWith(prefix))
  return prefixes.toSorted((a, b) => b.length - a.length)[0] ?? path
}

/** An ingester is a room of its own: `ingesters/mail/` does not see `ingesters/atom/`. A loose file has no room. */
function home(path: string, room: string): string {
  if (room === 'src/') return path
  if (room !== 'ingesters/') return room
  const [, folder] = /^(ingesters\/[^/]+\/)/.exec(path) ?? []
  return folder ?? path
}
