/** A day of the calendar (proleptic Gregorian), not yet in any time zone. Months count from 1. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The day that it is at this moment in a time zone: an IANA name, or this process's own. */
export function dayIn(moment: Date, timezone: string | undefined): Day {
  const local = new Date(moment.getTime() + offsetMs(moment, timezone))
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
}

/** The moment at which a day begins in a time zone; where the clocks are put forward over midnight, the hour after. */
export function midnight(day: Day, timezone: string | undefined): Date {
  const wanted = utc(day)
  const guess = wanted - offsetMs(new Date(wanted), timezone)
  return new Date(wanted - offsetMs(new Date(guess), timezone))
}

/** The day this many days, weeks, months or years on; a month that is too short gives its last day. */
export function shifted({ year, month, day }: Day, by: number, unit: 'day' | 'week' | 'month' | 'year'): Day {
  if (unit === 'day' || unit === 'week') {
    return dayIn(new Date(utc({ year, month, day }) + by * (unit === 'week' ? 7 : 1) * 86_400_000), 'UTC')
  }
  const months = year * 12 + (month - 1) + (unit === 'year' ? by * 12 : by)
  const first: Day = { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1, day: 1 }
  const last = new Date(utc({ ...first, month: first.month + 1, day: 0 })).getUTCDate()
  return { ...first, day: Math.min(day, last) }
}

/** `Date.UTC` takes years below 100 for the twentieth century's. */
function utc({ year, month, day }: Day): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}

/** How far a zone's clocks are ahead of UTC at a moment. */
function offsetMs(moment: Date, timezone: string | undefined): number {
  if (timezone === undefined) return -moment.getTimezoneOffset() * 60_000
  if (timezone === 'UTC') return 0
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  }).formatToParts(moment)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const era = parts.find((one) => one.type === 'era')?.value
  const year = era === 'BC' ? 1 - part('year') : part('year')
  const clock = (part('hour') * 60 + part('minute')) * 60 + part('second')
  return (
    utc({ year, month: part('month'), day: part('day') }) +
    clock * 1000 -
    Math.floor(moment.getTime() / 1000) * 1000
  )
}
