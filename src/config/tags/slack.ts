import * as z from 'zod/mini'
import { secret, webAddress, withDefault } from '../fields.ts'
import type { Secret } from '../secret.ts'
import { defineTag } from '../tag.ts'

/** A Slack app in Socket Mode. */
export interface SlackApp {
  readonly kind: 'slack'
  /** Begins with `xapp-`. */
  readonly app_token: Secret
  /** Begins with `xoxb-`. */
  readonly bot_token: Secret
  readonly base_url: string
}

export default defineTag({
  about: 'a Slack app in Socket Mode',

  fields: z.strictObject({
    app_token: secret,
    bot_token: secret,
    base_url: withDefault(webAddress, 'https://slack.com/api/'),
  }),

  value: (fields): SlackApp => ({ kind: 'slack', ...fields }),
})
