import { type Day, dayIn, midnight, shifted } from './calendar.ts'

/** A stretch of time: `since` is in it, `until` is not; open where one is missing. */
export interface Interval {
  readonly since?: Date
  readonly until?: Date
}

/** What "today" means to the one who asks. */
export interface Clock {
  readonly now: Date
  /** IANA name of their time zone; this process's own where absent, which spares loading all zones. */
  readonly timezone?: string | undefined
}

/** What dates may look like, for complaints. */
export const dateWords = '2024, 2024-03, 2024-03-05, march 2024, yesterday, last month, 7d, “3 weeks”'

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const UNITS: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  y: 'year',
}

/** The stretch that a date names: a year, a month, a day, or from some time ago until now. Undefined for what is no date. */
export function readDate(text: string, clock: Clock): Interval | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ')
  return written(words, clock) ?? monthNamed(words, clock) ?? relative(words, clock) ?? ago(words, clock)
}

/** ISO 8601 calendar dates, cut short at will. */
function written(words: string, { timezone }: Clock): Interval | undefined {
  const [all, y, m, d] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(words) ?? []
  if (!all) return undefined
  const first: Day = { year: Number(y), month: Number(m ?? 1), day: Number(d ?? 1) }
  if (
    first.year < 1000 ||
    first.month < 1 ||
    first.month > 12 ||
    first.day < 1 ||
    first.day > lengthOf(first)
  ) {
    return undefined
  }
  return span(first, d ? 'day' : m ? 'month' : 'year', timezone)
}

function lengthOf({ year, month }: Day): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** `march 2024`, `mar 2024`; without a year the latest such month that has begun. */
function monthNamed(words: string, { now, timezone }: Clock): Interval | undefined {
  const [all, name, given] = /^([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(words) ?? []
  const month = name
    ? MONTHS.findIndex(
        (known) => known === name || known.slice(0, 3) === name || (name === 'sept' && known === 'september'),
      ) + 1
    : 0
  if (!all || month === 0) return undefined
  const today = dayIn(now, timezone)
  const year = given ? Number(given) : today.year - (month > today.month ? 1 : 0)
  return year < 1000 ? undefined : span({ year, month, day: 1 }, 'month', timezone)
}

function relative(words: string, { now, timezone }: Clock): Interval | undefined {
  const today = dayIn(now, timezone)
  if (words === 'today') return span(today, 'day', timezone)
  if (words === 'yesterday') return span(shifted(today, -1, 'day'), 'day', timezone)

  const [, which, unit] = /^(this|last) (week|month|year)$/.exec(words) ?? []
  if (unit !== 'week' && unit !== 'month' && unit !== 'year') return undefined
  const first = beginning(today, unit)
  return span(which === 'last' ? shifted(first, -1, unit) : first, unit, timezone)
}

/** The first day of the week (Monday, ISO 8601), month or year that holds a day. */
function beginning(day: Day, unit: 'week' | 'month' | 'year'): Day {
  if (unit === 'year') return { ...day, month: 1, day: 1 }
  if (unit === 'month') return { ...day, day: 1 }
  const weekday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7
  return shifted(day, -weekday, 'day')
}

/** `7d`, `3 weeks`, `2 months ago`: from the beginning of that day on. */
function ago(words: string, { now, timezone }: Clock): Interval | undefined {
  const [, count, letter] = /^(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)(?: ago)?$/.exec(words) ?? []
  const unit = letter ? UNITS[letter.charAt(0)] : undefined
  if (!unit) return undefined
  const first = shifted(dayIn(now, timezone), -Number(count), unit)
  return first.year < 1 ? undefined : { since: midnight(first, timezone) }
}

function span(first: Day, unit: 'day' | 'week' | 'month' | 'year', timezone: string | undefined): Interval {
  return { since: midnight(first, timezone), until: midnight(shifted(first, 1, unit), timezone) }
}
