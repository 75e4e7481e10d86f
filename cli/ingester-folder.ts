import { UsageError } from '../src/errors.ts'
import { pluginsIn } from '../src/folder.ts'
import type { Ingester } from '../src/ingest/ingester.ts'

/** An ingester that is ready to read. */
export interface Source {
  readonly name: string
  readonly ingester: Ingester<unknown>
  readonly options: unknown
}

/** The ingesters there are: what stands in `ingesters/`. */
export function ingesterNames(): string[] {
  return pluginsIn('ingesters').map(({ name }) => name)
}

/** Imports one ingester; throws `UsageError` for a name that is none. */
export async function loadIngester(name: string): Promise<Ingester<unknown>> {
  const plugin = pluginsIn('ingesters').find((one) => one.name === name)
  if (!plugin) throw await unknown(name)
  const module: { readonly default?: unknown } = await import(plugin.url.href)
  if (isIngester(module.default)) return module.default
  throw new Error(`ingesters/${name}: expected an ingester as default export`)
}

/** Every ingester with its line about itself. */
export async function describeIngesters(): Promise<(readonly [name: string, about: string])[]> {
  return Promise.all(ingesterNames().map(async (name) => [name, (await loadIngester(name)).about] as const))
}

async function unknown(name: string): Promise<UsageError> {
  const { suggestion } = await import('../src/config/suggestion.ts')
  const known = ingesterNames()
  return new UsageError(
    `unknown ingester ${name}${suggestion(name, known) || `: expected ${known.join(' or ')}`}`,
  )
}

function isIngester(value: unknown): value is Ingester<unknown> {
  return (
    typeof value === 'object' && value !== null && 'about' in value && 'options' in value && 'read' in value
  )
}
