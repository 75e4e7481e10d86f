import { statSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from '../../src/errors.ts'
import { isRange } from './address.ts'
import { type Source, sourceOf } from './source.ts'

/** What to read, and how much of it to put up with. */
export interface Options extends Limits {
  readonly sources: readonly Source[]
  /** Host names, addresses and CIDR ranges that may be fetched from although they are private. */
  readonly allow: readonly string[]
}

/** Bounds for one document. */
export interface Limits {
  readonly maxBytes: number
  /** For the whole of it, redirects and body included. */
  readonly timeoutMs: number
  readonly redirects: number
}

const HOST = /^(?=.{1,253}$)[a-z\d_]([\w-]*\.)*[\w-]*$/i

const allowed = z
  .string()
  .refine(
    (entry) => isRange(entry) || (!entry.includes('/') && HOST.test(entry)),
    'needs a host name, an address or a range such as 10.0.0.0/8',
  )

const Block = z.strictObject({
  what: z
    .array(z.string('needs a feed URL or a file'), 'needs a list of feed URLs or files')
    .min(1, 'needs at least one feed URL or file'),
  allow: z.array(allowed, 'needs a list of host names, addresses or ranges').default([]),
  maxBytes: z
    .int('needs a whole number of bytes')
    .min(1000, 'needs 1000 or more')
    .max(256 * 2 ** 20, 'needs 268435456 or less')
    .default(8 * 2 ** 20),
  timeoutMs: z
    .int('needs a whole number of milliseconds')
    .min(1, 'needs 1 or more')
    .max(600_000, 'needs 600000 or less')
    .default(30_000),
  redirects: z.int('needs a whole number').min(0, 'needs 0 or more').max(20, 'needs 20 or less').default(5),
})

/** Checks the block of one source; see `Ingester.options`. */
export function readOptions(block: Readonly<Record<string, unknown>>, where: string): Options {
  const read = Block.safeParse(block)
  if (!read.success) throw complaint(read.error, where)
  const { what, ...options } = read.data
  const sources = what.map((entry, at) => checked(entry, `${where}.what[${at}]`))
  return { ...options, sources: [...new Map(sources.map((source) => [source.stream, source])).values()] }
}

function complaint(error: z.ZodError, where: string): ConfigError {
  const [issue] = error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...unknown].map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
  )
  return new ConfigError(
    `${where}${path.join('')}`,
    unknown.length > 0 ? 'is no option of atom' : (issue?.message ?? 'cannot be read'),
  )
}

function checked(entry: string, where: string): Source {
  const source = entry.trim() ? sourceOf(entry.trim()) : undefined
  const isThere =
    source?.kind === 'url' || (source && statSync(source.stream, { throwIfNoEntry: false })?.isFile())
  if (!source || !isThere)
    throw new ConfigError(
      where,
      `needs an http or https URL or an existing file, not "${withoutCredentials(entry)}"`,
    )
  return source
}

function withoutCredentials(entry: string): string {
  return entry.replace(/\/\/[^/@]*@/, '//').slice(0, 200)
}
