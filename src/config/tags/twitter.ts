import * as z from 'zod/mini'
import { flag, secret, webAddress, whole, withDefault } from '../fields.ts'
import type { Secret } from '../secret.ts'
import { defineTag } from '../tag.ts'

/** An app's and a user's keys for the X (Twitter) API. */
export interface TwitterApi {
  readonly kind: 'twitter'
  readonly consumer_key?: Secret
  readonly consumer_secret?: Secret
  readonly access_token_key?: Secret
  readonly access_token_secret?: Secret
  readonly bearer_token?: Secret
  /** Seconds without an answer until a request is given up. */
  readonly timeout: number
  /** Wait where the API says so, rather than fail. */
  readonly sleep_on_rate_limit: boolean
  readonly base_url: string
}

const USER_KEYS = ['consumer_key', 'consumer_secret', 'access_token_key', 'access_token_secret'] as const

export default defineTag({
  about: 'keys for the X (Twitter) API',

  fields: z.strictObject({
    consumer_key: z.exactOptional(secret),
    consumer_secret: z.exactOptional(secret),
    access_token_key: z.exactOptional(secret),
    access_token_secret: z.exactOptional(secret),
    bearer_token: z.exactOptional(secret),
    timeout: withDefault(whole(1, 3600, 'seconds from 1 to 3600'), 90),
    sleep_on_rate_limit: withDefault(flag, true),
    base_url: withDefault(webAddress, 'https://api.x.com'),
  }),

  value(fields, complain): TwitterApi {
    const missing = USER_KEYS.filter((key) => !fields[key])
    if (missing.length === USER_KEYS.length && !fields.bearer_token) {
      complain([], `expected ${USER_KEYS.join(', ')}, or a bearer_token`)
    } else if (missing.length < USER_KEYS.length) {
      for (const key of missing) complain([key], 'expected a secret, found nothing')
    }
    return { kind: 'twitter', ...fields }
  },
})
