import { resolve } from 'node:path'
import { isConfigMap } from './constructed.ts'
import { homeFolder } from './find.ts'
import { type Secret, commandSecret, fileSecret, isSecret, literalSecret } from './secret.ts'

const SECRET_NAME =
  /(^|[_-])(password|passphrase|secret|token)$|^(api|consumer|private|access[_-]token)[_-]key$/
const DOTTED = /^(.+)\.(file|command)$/

/** How a secret is given: as text, or as where to get it. */
export type SecretForm = 'text' | 'file' | 'command'

/**
 * The secret that a key names, and the form it is given in: `password` and `password.command`, `app_token` and
 * `appToken`. Undefined for keys that name no secret. What a key is called decides this, wherever it stands, so
 * that no block of the config can forget it.
 */
export function secretKey(key: string): { readonly name: string; readonly form: SecretForm } | undefined {
  const [, base, form] = DOTTED.exec(key) ?? []
  if (base !== undefined && namesSecret(base))
    return { name: base, form: form === 'file' ? 'file' : 'command' }
  return namesSecret(key) ? { name: key, form: 'text' } : undefined
}

/** What a secret needs to be found later. */
export interface SecretPlace {
  /** Names the key in complaints. */
  readonly where: string
  /** The config file's own folder: relative files are sought there, and commands run there. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * A secret of a given form, or what was expected instead of `value`. Where the key does not say the form, the
 * value may be a map that does: `{ file: … }` or `{ command: … }`.
 */
export function secretFrom(form: SecretForm, value: unknown, place: SecretPlace): Secret | string {
  if (isSecret(value)) return value
  if (form === 'text' && isConfigMap(value)) {
    const [only, second] = Object.entries(value)
    const inner = second ? undefined : only?.[0]
    return inner === 'file' || inner === 'command' ? secretFrom(inner, only?.[1], place) : EXPECTED.text
  }
  if (typeof value !== 'string' || (form !== 'text' && value === '')) return EXPECTED[form]
  if (form === 'text') return literalSecret(value)
  if (form === 'command')
    return commandSecret(value, { where: place.where, cwd: place.folder, env: place.env })
  return fileSecret(resolve(place.folder, value.replace(/^~(?=\/)/, homeFolder(place.env))), place.where)
}

const EXPECTED: Readonly<Record<SecretForm, string>> = {
  text: 'expected a secret: text, or a map with file or command',
  file: "expected the path of the secret's file",
  command: 'expected a command that prints the secret',
}

function namesSecret(key: string): boolean {
  return SECRET_NAME.test(key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase())
}
