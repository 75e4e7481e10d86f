/** How month names begin in English, and where they begin otherwise in the large European languages. */
const MONTHS = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev', 'fév'],
  ['mar', 'mär', 'mrz'],
  ['apr', 'abr', 'avr'],
  ['may', 'mai', 'mag'],
  ['jun', 'giu'],
  ['jul', 'lug'],
  ['aug', 'ago', 'aoû'],
  ['sep', 'set'],
  ['oct', 'okt', 'out', 'ott'],
  ['nov'],
  ['dec', 'dez', 'dic', 'déc'],
]

/** Hours east of Greenwich for the zone names of RFC 822, section 5.1, and a few that feeds use besides. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  bst: 1,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  met: 1,
  eet: 2,
  eest: 3,
  msk: 3,
  jst: 9,
}

/** `2024-05-01T10:00:00.5+02:00` with everything behind the year optional (W3C NOTE-datetime), and its compact form. */
const ISO =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})([.,]\d+)?)?\s*([a-z]+|[+-]\d{2}:?\d{2})?)?)?)?$/i

/** `Wed, 01 May 2024 10:00:00 +0200` with the weekday, the seconds, the time and the zone optional (RFC 822, RFC 2822). */
const MAIL =
  /^(?:\p{L}+[,.]?\s+)?(\d{1,2})[\s-]+(\p{L}{3})\p{L}*\.?[\s,-]+(\d{4}|\d{2})(?:[\s,T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([a-z]+|[+-]\d{1,2}:?\d{2})?.*)?$/iu

/** `Wed May  1 10:00:00 2024` (C's asctime), with an optional zone before the year. */
const ASCTIME = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})\s+(?:([a-z]{2,4})\s+)?(\d{4})$/i

/** A date later than this many milliseconds from now is a mistake or a trick to stay on top. */
const FUTURE_MS = 2 * 86_400_000

/**
 * The moment that a feed's date names, read as UTC where it names no zone. Undefined for what is no date that
 * feeds use, and for one before 1970 or more than two days after `now`: those are placeholders, not times.
 */
export function readDate(text: string | undefined, now: Date): Date | undefined {
  const trimmed = text?.slice(0, 100).trim()
  if (!trimmed) return undefined
  const time = isoTime(trimmed) ?? mailTime(trimmed) ?? asctime(trimmed)
  if (time === undefined || time <= 0 || time > now.getTime() + FUTURE_MS) return undefined
  return new Date(time)
}

function isoTime(text: string): number | undefined {
  const found = ISO.exec(text)
  if (!found) return undefined
  const [, year, month = '1', day = '1', hour, minute, second, fraction = '', zone] = found
  const whole = moment(Number(year), Number(month), Number(day), [hour, minute, second], zone)
  return whole === undefined ? undefined : whole + Math.trunc(Number(`0${fraction.replace(',', '.')}`) * 1000)
}

function mailTime(text: string): number | undefined {
  const found = MAIL.exec(text)
  if (!found) return undefined
  const [, day, month = '', year = '', hour, minute, second, zone] = found
  return moment(fullYear(year), monthOf(month), Number(day), [hour, minute, second], zone)
}

function asctime(text: string): number | undefined {
  const found = ASCTIME.exec(text)
  if (!found) return undefined
  const [, month = '', day, hour, minute, second, zone, year] = found
  return moment(Number(year), monthOf(month), Number(day), [hour, minute, second], zone)
}

function moment(
  year: number,
  month: number,
  day: number,
  clock: readonly (string | undefined)[],
  zone: string | undefined,
): number | undefined {
  const [hour, minute, second] = clock.map((part) => Number(part ?? 0))
  const midnight = Date.UTC(year, month - 1, day)
  const isReal = month >= 1 && month <= 12 && new Date(midnight).getUTCDate() === day
  if (!isReal || hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 24 || minute > 59 || second > 60) return undefined
  return midnight + ((hour * 60 + minute - offsetMinutes(zone)) * 60 + second) * 1000
}

/** Unknown names count as UTC, as RFC 2822, section 4.3, asks. */
function offsetMinutes(zone = ''): number {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone) ?? []
  if (!sign) return (ZONES[zone.toLowerCase()] ?? 0) * 60
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function monthOf(name: string): number {
  return MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1
}

/** Two digits are years of 1950 to 2049 (RFC 2822, section 4.3). */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 2) return year
  return year < 50 ? 2000 + year : 1900 + year
}
