/** Postgres text holds neither NUL nor half a surrogate pair; control characters never belong in a name or a key. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const LONGEST_NAME = 400
/** Most names need no cleaning, and there are many of them. */
const CLEAN_NAME = /^[!-~](?:[ -~](?<!  ))*(?<! )$/

/** One line of outside text: control characters and runs of white space become one space, ends trimmed. */
export function withoutControls(text: string): string {
  return text.toWellFormed().replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim()
}

/** A name as a person would write it: one line, no direction overrides, at most 400 characters. */
export function cleanName(text: string): string {
  if (text.length <= LONGEST_NAME && CLEAN_NAME.test(text)) return text
  const line = withoutControls(text.replace(BIDI_CONTROLS, ''))
  return Array.from(line).slice(0, LONGEST_NAME).join('').trim()
}

/** Many lines of outside text as Postgres accepts it: well formed, no NUL, `\n` line ends. */
export function cleanText(text: string): string {
  const whole = text.toWellFormed()
  const lines = whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole
  return lines.includes('\0') ? lines.replaceAll('\0', '') : lines
}

/**
 * The form in which names are compared: compatibility-decomposed (NFKD, Unicode UAX #15), marks dropped,
 * lower case, white space single. `É` and `é` and `e` meet, as do `ß` and `ss`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replace(/\s+/g, ' ')
    .trim()
}
