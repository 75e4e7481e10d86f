/** The code of an error of Postgres (SQLSTATE, such as `42P01`) or of the system (such as `ENOENT`). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
