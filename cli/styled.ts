/** Text in a style, kept apart from its escape codes until it is written, so that no text can bring codes of its own. */
export interface Styled {
  readonly style: Style
  readonly text: string
}

export type Style = keyof typeof CODES

/** What goes into a line: plain text, or text in a style. */
export type Part = string | Styled

/** SGR parameters on and off (ECMA-48, 8.3.117). */
const CODES = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['31', '39'],
  green: ['32', '39'],
  yellow: ['33', '39'],
  cyan: ['36', '39'],
} as const

export const bold = (text: string): Styled => ({ style: 'bold', text })
export const dim = (text: string): Styled => ({ style: 'dim', text })
export const red = (text: string): Styled => ({ style: 'red', text })
export const green = (text: string): Styled => ({ style: 'green', text })
export const yellow = (text: string): Styled => ({ style: 'yellow', text })
export const cyan = (text: string): Styled => ({ style: 'cyan', text })

/** Safe text between the escape codes of a style. */
export function sgr(style: Style, text: string): string {
  const [on, off] = CODES[style]
  return `\u001b[${on}m${text}\u001b[${off}m`
}
