import * as z from 'zod/mini'
import { _default as withDefault } from 'zod/mini'
import { constructorOf } from './constructed.ts'
import { type Secret, isSecret } from './secret.ts'

/** A field that may be left out, and what it is then. */
export { withDefault }

/** Text that says something. `what` completes "expected …" in complaints. */
export function text(what = 'text') {
  return z.string({ error: what }).check(z.minLength(1, { error: what }))
}

/** A host name or address. */
export const host = text('a host name or address')

/** A TCP port. */
export const port = whole(1, 65_535, 'a port from 1 to 65535')

/** Yes or no. */
export const flag = z.boolean({ error: 'true or false' })

/** A password, token or key; the reading of the file has hidden it already. */
export const secret = z.custom<Secret>(isSecret, { error: 'a secret' })

/** An `http` or `https` address. */
export const webAddress = text('an http or https URL').check(
  z.refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), { error: 'an http or https URL' }),
)

/** A whole number. */
export function whole(least: number, most: number, what = `a whole number from ${least} to ${most}`) {
  return z.int({ error: what }).check(z.gte(least, { error: what }), z.lte(most, { error: what }))
}

/** What one of the named constructors made, such as an alias of a `!skrode/redis`. */
export function madeBy(...names: readonly string[]) {
  const what = names.map((name) => `a !skrode/${name}`).join(' or ')
  return z.custom<object>((value) => names.includes(constructorOf(value) ?? ''), { error: what })
}
