import { eachLexeme } from '../record/lexemes.ts'
import { ArrayWriter } from './array-writer.ts'

/** Postgres' weights: `A` counts most when results are ranked. */
const WEIGHTS = { A: 3, B: 2, C: 1, D: 0 } as const

/** A text and how much its words count: a title `A`, the author's own words `B`, a signature `C`, quotations `D`. */
export type Weighted = readonly [text: string | undefined, weight: keyof typeof WEIGHTS]

/** Postgres limits (`ts_type.h`): positions up to 16,383, 255 a lexeme, one megabyte of lexemes in all. */
const LAST_POSITION = 16_383
const MOST_POSITIONS = 255
const MOST_BYTES = 900_000

const TSVECTOR_OID = 3614

/** A word that ends one text and a word that starts the next must not look like a phrase. */
const GAP = 10

/**
 * A `tsvector[]` parameter in Postgres' binary form (`tsvectorrecv`), one element for each of `documents`. Built
 * here and not by `to_tsvector`, whose parser takes two thirds of the database's time in an ingest. Words beyond
 * Postgres' limits are left out of the index, never out of the text.
 */
export function tsvectors(documents: readonly (readonly Weighted[] | undefined)[]): Buffer {
  const out = new ArrayWriter(TSVECTOR_OID, documents.length, 1 << 20)
  for (const document of documents) {
    if (document) out.element(() => writeVector(out, placesOf(document)))
    else out.null()
  }
  return out.done()
}

function writeVector(out: ArrayWriter, lexemes: ReadonlyMap<string, readonly number[]>): void {
  out.int32(lexemes.size)
  for (const [lexeme, places] of lexemes) {
    out.zeroTerminated(lexeme)
    out.int16(places.length)
    for (const place of places) out.int16(place)
  }
}

/** Where each lexeme stands: 14 bits of position under 2 bits of weight, ascending. */
function placesOf(document: readonly Weighted[]): Map<string, number[]> {
  const lexemes = new Map<string, number[]>()
  let offset = 0
  let bytes = 0
  for (const [text, weight] of document) {
    if (!text) continue
    const mark = WEIGHTS[weight] << 14
    const words = eachLexeme(text, (lexeme, position) => {
      const place = Math.min(offset + position, LAST_POSITION)
      const places = lexemes.get(lexeme)
      if (places ? isFull(places, place) : bytes > MOST_BYTES) return
      bytes += places ? 2 : lexeme.length * 3 + 8
      if (places) places.push(mark | place)
      else lexemes.set(lexeme, [mark | place])
    })
    offset += words + GAP
  }
  return lexemes
}

function isFull(places: readonly number[], place: number): boolean {
  return places.length >= MOST_POSITIONS || ((places.at(-1) ?? 0) & LAST_POSITION) === place
}
