import { existsSync } from 'node:fs'
import type { Ingester } from '../../src/ingest/ingester.ts'

/** What `test/ingesters/samples/<ingester>.ts` exports by default, so that the conformance test can run it. */
export interface Sample {
  /** Writes data that can be read whole into an empty folder; the options block that reads it. */
  readonly good: (folder: string) => Promise<Readonly<Record<string, unknown>>>
  /** How many observations `good` holds: at least 3. */
  readonly items: number
  /** Writes data with something unreadable in the middle; the options block that reads it. */
  readonly bad: (folder: string) => Promise<Readonly<Record<string, unknown>>>
  /** How many items of `bad` can be read and how many cannot. */
  readonly badItems: { readonly good: number; readonly bad: number }
  /** The key that an empty options block lacks. */
  readonly requiredKey: string
}

/** The sample of the ingester called `name`; throws naming the file where there is none. */
export async function sampleOf(name: string): Promise<Sample> {
  const file = new URL(`samples/${name}.ts`, import.meta.url)
  if (!existsSync(file))
    throw new Error(`test/ingesters/samples/${name}.ts is missing: every ingester brings a sample`)
  const module: { default: Sample } = await import(file.href)
  return module.default
}

/** The ingester in a plugin file. */
export async function ingesterIn(url: URL): Promise<Ingester<unknown>> {
  const module: { default: Ingester<unknown> } = await import(url.href)
  return module.default
}
