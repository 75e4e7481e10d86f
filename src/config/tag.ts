import type * as z from 'zod/mini'
import { pluginsIn } from '../folder.ts'
import { BROKEN, type ConfigMap, kindOf } from './constructed.ts'
import { type Path, valueAt } from './path.ts'
import { suggestion } from './suggestion.ts'

/** Says what was expected of the value at `path` within the constructor's fields, and what was found. */
type Complain = (path: Path, wanted: string) => void

/**
 * A constructor of the config file. One file in `src/config/tags/`, whose default export is one of these; the
 * file's name is what stands behind `!skrode/`.
 */
interface Tag {
  /** One line for `skrode config --help`. */
  readonly about: string
  /** The plain value that the fields describe, or undefined after complaining. Connects to nothing. */
  build(fields: ConfigMap, complain: Complain): object | undefined
}

/** By name, the constructors that a file uses; the others are known by name only. */
export type Tags = ReadonlyMap<string, Tag | undefined>

interface Definition<Fields extends z.ZodMiniObject> {
  readonly about: string
  /** Strict; the error message of each field is what was expected, such as `a port from 1 to 65535`. */
  readonly fields: Fields
  /** Gives the checked fields their `kind`, and checks what concerns several of them. */
  value(fields: z.output<Fields>, complain: Complain): { readonly kind: string }
}

/** Makes a constructor out of its fields. */
export function defineTag<Fields extends z.ZodMiniObject>({ about, fields, value }: Definition<Fields>): Tag {
  return {
    about,
    build(given, complain) {
      const checked = fields.safeParse(given)
      if (!checked.success) {
        for (const issue of checked.error.issues) explain(issue, given, Object.keys(fields.shape), complain)
        return undefined
      }
      let fine = true
      const made = value(checked.data, (path, wanted) => {
        fine = false
        complain(path, wanted)
      })
      return fine ? made : undefined
    },
  }
}

/** Loads the constructors that a text names; only they are worth the time. */
export async function tagsNamedIn(text: string): Promise<Tags> {
  const named = new Set(Array.from(text.matchAll(/!skrode\/([a-z0-9-]+)/g), ([, name]) => name))
  const tags = pluginsIn('src/config/tags').map(async ({ name, url }) => {
    return [name, named.has(name) ? await load(url) : undefined] as const
  })
  return new Map(await Promise.all(tags))
}

async function load(url: URL): Promise<Tag> {
  const { default: tag }: { readonly default?: unknown } = await import(url.href)
  if (!isTag(tag)) throw new Error(`expected ${url.pathname} to export a constructor by default`)
  return tag
}

function isTag(value: unknown): value is Tag {
  return typeof value === 'object' && value !== null && 'about' in value && 'build' in value
}

function explain(issue: z.core.$ZodIssue, given: ConfigMap, known: string[], complain: Complain): void {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const missing = path.length === 0 ? known.filter((key) => !Object.hasOwn(given, key)) : []
    for (const key of issue.keys) complain([...path, key], `unknown key${suggestion(key, missing)}`)
    return
  }
  const found = path.reduce<unknown>(
    (holder, step) => (holder === BROKEN ? BROKEN : valueAt(holder, step)),
    given,
  )
  if (found !== BROKEN) complain(path, `expected ${issue.message}, found ${kindOf(found)}`)
}
