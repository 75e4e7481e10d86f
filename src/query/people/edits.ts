const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Longer patterns are asked about as a whole: a thousand and a half probes are a few milliseconds. */
const LONGEST = 30

/**
 * Every text one slip away from this one (Damerau): two neighbours swapped, a letter left out, one too many, or
 * another in its place. Trigrams do badly on exactly these, above all in short names.
 */
export function oneEditAway(text: string): string[] {
  const characters = Array.from(text).slice(0, LONGEST)
  const letters = new Set([...LETTERS, ...characters])
  const found = new Set<string>()
  for (let at = 0; at <= characters.length; at++) {
    const before = characters.slice(0, at).join('')
    const [here, next = ''] = characters.slice(at)
    const behind = characters.slice(at + 1).join('')
    for (const letter of letters) found.add(before + letter + (here ?? '') + behind)
    if (here === undefined) continue
    found.add(before + behind)
    if (next) found.add(before + next + here + characters.slice(at + 2).join(''))
    for (const letter of letters) found.add(before + letter + behind)
  }
  found.delete(text)
  return [...found].filter((edit) => edit.trim() === edit && edit !== '')
}
