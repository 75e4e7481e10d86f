/** `17,885`. */
export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 post`, `2 posts`; other plurals are given. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `139 MB`: three digits, powers of 1000. */
export function bytes(number: number): string {
  let amount = number
  let at = 0
  while (amount >= 999.5 && at < UNITS.length - 1) {
    amount /= 1000
    at++
  }
  return `${at === 0 ? amount : amount.toPrecision(3)} ${UNITS[at]}`
}

/** `12.3 s`, `4 min 5 s`, `2 h 10 min`, `3 days`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return `${Math.floor(seconds / 86_400)} days`
}

/** `2025-11-22 19:08`, in the owner's own time zone. */
export function moment(date: Date): string {
  const pad = (number: number): string => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`
}
