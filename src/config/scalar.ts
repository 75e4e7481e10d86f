import type { Scalar } from 'yaml'
import { type Expanded, expand } from './environment.ts'

/** A scalar's value with its variables filled in. */
export interface ReadScalar extends Omit<Expanded, 'text'> {
  readonly value: unknown
  /** The scalar as text, however it is typed: a password of digits is not a number. */
  readonly text: string
  /** Nothing came from the environment. */
  readonly literal: boolean
}

/**
 * Reads a scalar. What a variable brings into an unquoted scalar is typed as if it stood there (`${PORT}` is a
 * number); a quoted scalar stays text.
 */
export function readScalar(scalar: Scalar, env: NodeJS.ProcessEnv): ReadScalar {
  const source = scalar.source ?? ''
  const { text, problems } = expand(source, env)
  const literal = text === source
  if (literal || typeof scalar.value !== 'string')
    return { value: scalar.value, text, literal: true, problems }
  return { value: scalar.type === 'PLAIN' ? typed(text) : text, text, literal, problems }
}

/** Only what is spelled as a number would be: `007` and `1e3` are names as often as numbers. */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text
}
