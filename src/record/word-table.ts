const SLOTS = 1 << 19
const MOST_WORDS = SLOTS / 2
const MOST_CHARACTERS = 1 << 22

/**
 * Remembers what each ASCII word became, looked up by its place in a text without cutting it out: an open-addressing
 * hash table (linear probing) over the words' characters, lower-cased. Made because cutting words out and hashing
 * them was half of the time that storing mail took. Empties itself when it is full.
 */
export class WordTable {
  readonly #make: (word: string) => string
  /** The hash's slots: 1 + the number of a word, 0 for none. */
  readonly #slots = new Int32Array(SLOTS)
  readonly #characters = new Uint8Array(MOST_CHARACTERS)
  readonly #starts = new Int32Array(MOST_WORDS + 1)
  readonly #results: string[] = []

  /** `make` is asked once for each word, in lower case. */
  constructor(make: (word: string) => string) {
    this.#make = make
  }

  /** What the word that stands in `text` from `start` to `end` became. */
  get(text: string, start: number, end: number): string {
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ lower(text.charCodeAt(at)), 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (number < 0) return this.#add(text.slice(start, end).toLowerCase(), slot)
      if (this.#is(number, text, start, end)) return this.#results[number] ?? ''
      slot = (slot + 1) & (SLOTS - 1)
    }
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const from = this.#starts[number] ?? 0
    if ((this.#starts[number + 1] ?? 0) - from !== end - start) return false
    for (let at = start, mine = from; at < end; at++, mine++) {
      if (this.#characters[mine] !== lower(text.charCodeAt(at))) return false
    }
    return true
  }

  #add(word: string, slot: number): string {
    const number = this.#results.length
    const from = this.#starts[number] ?? 0
    const result = this.#make(word)
    if (number >= MOST_WORDS || from + word.length > MOST_CHARACTERS) {
      this.#slots.fill(0)
      this.#results.length = 0
      return result
    }
    for (let at = 0; at < word.length; at++) this.#characters[from + at] = word.charCodeAt(at)
    this.#starts[number + 1] = from + word.length
    this.#slots[slot] = number + 1
    this.#results.push(result)
    return result
  }
}

/** Lower case of an ASCII letter; digits and the apostrophe have that bit set already. */
function lower(code: number): number {
  return code | 32
}
