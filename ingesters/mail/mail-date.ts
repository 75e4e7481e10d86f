/** `Mon, 1 Jul 2019 11:26:47 +0200 (CEST)`: RFC 5322, 3.3, with what real mailers make of it. */
const RFC_5322 =
  /(\d{1,2})[ -]+([a-z]{3})[a-z]*\.?[ ,-]+(\d{2,4})[ ,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(.*)/i
/** `Mon Jul  1 11:26:47 2019`, ANSI C's asctime, as stands in mbox `From ` lines; a zone may stand on either side of the year. */
const ASCTIME =
  /([a-z]{3})[a-z]*\.?[ ]+(\d{1,2}),?[ ]+(\d{1,2}):(\d{2})(?::(\d{2}))?((?:[ ]+[a-z+-][a-z\d]*)*)[ ]+(\d{4})(.*)/i
/** `2019-07-01T11:26:47+02:00`: ISO 8601. */
const ISO_8601 = /(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(.*)/

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Names of zones in minutes east of Greenwich: those of RFC 5322, 4.3, and the European and Japanese ones. */
const ZONES: Readonly<Record<string, number>> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  bst: 60,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
}

/**
 * The moment a Date header, the end of a Received header or an mbox `From ` line names; undefined where it
 * names none. A date without a zone, or with a zone nobody knows, is read as UTC (RFC 5322, 4.3), never as
 * local time: the same bytes mean the same moment on every machine.
 */
export function mailDate(text: string): Date | undefined {
  const short = text.slice(0, 200)
  return rfc5322(RFC_5322.exec(short)) ?? asctime(ASCTIME.exec(short)) ?? iso8601(ISO_8601.exec(short))
}

function rfc5322(match: RegExpExecArray | null): Date | undefined {
  if (!match) return undefined
  const [, day, month, year, hour, minute, second, zone] = match
  return moment([fullYear(year), monthOf(month), day, hour, minute, second], zone)
}

function asctime(match: RegExpExecArray | null): Date | undefined {
  if (!match) return undefined
  const [, month, day, hour, minute, second, zoneBefore, year, zoneAfter] = match
  return moment(
    [year, monthOf(month), day, hour, minute, second],
    zoneBefore?.trim() ? zoneBefore : zoneAfter,
  )
}

function iso8601(match: RegExpExecArray | null): Date | undefined {
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, zone] = match
  return moment([year, Number(month) - 1, day, hour, minute, second], zone)
}

/** Two and three digits of year as RFC 5322, 4.3 reads them. */
function fullYear(year = ''): number {
  const value = Number(year)
  if (year.length >= 4) return value
  return year.length === 3 || value >= 50 ? 1900 + value : 2000 + value
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.toLowerCase())
}

function moment(parts: readonly (string | number | undefined)[], zone = ''): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  )
  const inRange = month >= 0 && month < 12 && day >= 1 && day <= 31 && hour < 25 && minute < 60 && second < 62
  if (!inRange || year < 1900) return undefined
  return new Date(Date.UTC(year, month, day, hour, minute, second) - minutesEast(zone) * 60_000)
}

function minutesEast(zone: string): number {
  const match = /^\s*(?:(?:utc|gmt)(?=[+-]))?(?:([+-])(\d{1,2}):?(\d{2})|([a-z]+))/i.exec(zone)
  if (!match) return 0
  const [, sign, hours, minutes, name] = match
  if (name) return ZONES[name.toLowerCase()] ?? 0
  const size = Number(hours) * 60 + Number(minutes)
  return size > 24 * 60 ? 0 : sign === '-' ? -size : size
}
