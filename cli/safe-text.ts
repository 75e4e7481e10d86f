/** What a terminal might obey: C0 and C1 controls but for tab and new line, and separators that end a line. */
const CONTROLS = /(?![\t\n])[\p{Cc}\u2028\u2029]/gu
/** Marks that change the direction of text, and so what it seems to say (Unicode UAX #9; CVE-2021-42574). */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const OBEYED = new RegExp(`${CONTROLS.source}|${DIRECTIONS.source}`, 'gu')

/** Text that no terminal obeys: `\r\n` becomes a line end, other controls `\ufffd`, direction marks nothing. */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(DIRECTIONS, '').replace(CONTROLS, '\ufffd')
}

/** A value as JSON of one line that no terminal obeys and every parser reads back whole: what acts is escaped. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(OBEYED, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
