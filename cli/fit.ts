/** Characters that take two places in a line (Unicode UAX #11, the blocks that are wide throughout). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{M}/u

/** As much of a text as fits into a line of so many places, at least one; what is cut ends in `…`. */
export function fit(text: string, places: number): string {
  let used = 0
  let fitting = ''
  for (const character of text) {
    used += widthOf(character)
    if (used > places) return `${cutTo(fitting, places - 1)}…`
    fitting += character
  }
  return text
}

/** How many places of a line a text takes. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, one) => sum + (COMBINING.test(one) ? 0 : WIDE.test(one) ? 2 : 1), 0)
}

function cutTo(text: string, places: number): string {
  const characters = Array.from(text)
  while (characters.length > 0 && widthOf(characters.join('')) > places) characters.pop()
  return characters.join('')
}
