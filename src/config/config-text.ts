import type { Content } from './content.ts'
import { parseConfig } from './document.ts'
import { EMPTY, type Layout, layOut } from './layout.ts'
import { noLines } from './lines.ts'
import type { Path } from './path.ts'
import { problemsOf, whereOf } from './problems.ts'
import { type Reading, readValue } from './reading.ts'
import { tagsNamedIn } from './tag.ts'

/** A config file that has been read and is right. */
export interface ReadConfig {
  readonly layout: Layout
  readonly warnings: readonly string[]
  where(path: Path): string
}

/** Where the text comes from, and what its variables stand for. */
export interface Origin extends Content {
  /** What complaints call the file. */
  readonly shown: string
  /** The file's own folder. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

/** Reads a config file's text. Throws one `ConfigError` for everything that is wrong with it. */
export async function readConfigText({ text, mode, shown, folder, env }: Origin): Promise<ReadConfig> {
  const problems = problemsOf(shown)
  const document = parseConfig(text, problems)
  problems.throwIfAny()
  if (!document)
    return { layout: EMPTY, warnings: EMPTY.own, where: (path) => whereOf(shown, undefined, path) }

  const lines = noLines()
  const reading: Reading = {
    shown,
    folder,
    env,
    problems,
    lines,
    tags: await tagsNamedIn(text),
    lineAt: document.lineAt,
    literalSecrets: [],
    anchors: new Map(),
    size: 0,
  }
  const top = readValue(document.top, [], reading)
  const layout = layOut(top, (path, wanted) => problems.add(lines.at(top, path), path, wanted))
  problems.throwIfAny()
  return {
    layout,
    warnings: warningsOf(shown, mode, reading.literalSecrets),
    where: (path) => whereOf(shown, lines.at(top, path), path),
  }
}

/** A file with secrets in it is its owner's to read, and nobody else's. */
function warningsOf(shown: string, mode: number, secrets: readonly string[]): readonly string[] {
  if (secrets.length === 0 || (mode & 0o044) === 0) return EMPTY.own
  const [first] = secrets
  const others = secrets.length === 1 ? '' : ` and ${secrets.length - 1} more`
  return Object.freeze([
    `${shown}: others can read the secrets in it (${first}${others}); run chmod 600 on it`,
  ])
}
