/** How `skrode` ends, for scripts that look at `$?`. They stand in `etc/docs/commands.md` and never change. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** It could not be done: the config, the database or the network is wrong; stderr says what. */
  error: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The question was understood, and nobody or nothing matched. */
  nothing: 3,
  /** Ctrl-C, after stopping cleanly (128 + SIGINT). */
  interrupted: 130,
  /** SIGTERM, after stopping cleanly (128 + SIGTERM). */
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
