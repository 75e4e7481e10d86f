import { type Random, zipf } from './random.ts'

const ONSETS = 'b br c ch d dr f fl g gr h j k kr l m n p pl r s sh sk st t th tr v w z'.split(' ')
const VOWELS = 'a e i o u ai ea ou'.split(' ')
const CODAS = ['', '', '', 'n', 'r', 'l', 's', 't', 'm', 'ck', 'nd', 'rt']
const ENDINGS = ['', '', '', '', 's', 'ed', 'ing', 'er']
const STOPS =
  'the of and to in is it you that for on are with as be this have from or at not but what if'.split(' ')

/** The `index`th word of an invented language, of two syllables or more; every index has a word of its own. */
export function word(index: number): string {
  let text = ''
  for (let rest = index, syllables = 0; rest > 0 || syllables < 2; syllables++) {
    text += ONSETS[rest % ONSETS.length] ?? ''
    rest = Math.floor(rest / ONSETS.length)
    text += VOWELS[rest % VOWELS.length] ?? ''
    rest = Math.floor(rest / VOWELS.length)
  }
  return text + (CODAS[(index * 7) % CODAS.length] ?? '')
}

/** Makes running text: two fifths stop words, the rest from a vocabulary in which words are as uneven as in English. */
export function writer(vocabulary: number, random: Random): (length: number) => string {
  const words = Array.from({ length: vocabulary }, (_, index) => word(index))
  const rank = zipf(vocabulary, { exponent: 1.05, shift: 20, tableBits: 22 }, random)
  return (length) => {
    let text = ''
    for (let at = 0; at < length; at++) {
      if (at > 0) text += at % 12 === 0 ? '\n' : ' '
      text += random.chance(0.42)
        ? STOPS[random.below(STOPS.length)]
        : `${words[rank()]}${ENDINGS[random.below(ENDINGS.length)]}`
    }
    return text
  }
}
