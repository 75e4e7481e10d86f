/** A text with its variables filled in, and what stood in the way. */
export interface Expanded {
  readonly text: string
  /** One complaint each; empty when all went well. */
  readonly problems: readonly string[]
}

/** Braces end a variable, so that a long run of openings is read once and not again from each of them. */
const VARIABLE = /(\$?)\$\{([^{}]*)\}/g
const NAMED = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

/**
 * Fills in `${NAME}` and `${NAME:-default}`; as in a shell, the default also stands in for an empty variable, and
 * `$${NAME}` is written for a literal `${NAME}`. What comes out of a variable is not expanded again.
 */
export function expand(text: string, env: NodeJS.ProcessEnv): Expanded {
  const problems: string[] = []
  const expanded = text.replace(VARIABLE, (whole, escape: string, inside: string) => {
    if (escape) return whole.slice(1)
    const [, name, fallback] = NAMED.exec(inside) ?? []
    if (name === undefined) {
      problems.push('expected ${NAME} or ${NAME:-default} (write $${ for a literal ${), found something else')
      return ''
    }
    const value = fallback === undefined ? env[name] : env[name] || fallback
    if (value === undefined) problems.push(`expected the environment variable ${name}, found it unset`)
    return value ?? ''
  })
  return { text: expanded, problems }
}

/** A variable's value; an empty variable counts as unset, as the XDG Base Directory Specification has it. */
export function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || undefined
}
