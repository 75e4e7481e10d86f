import { eachLexeme } from '../record/lexemes.ts'

/** Postgres' weights: `A` counts most when results are ranked. */
const WEIGHTS = { A: 3, B: 2, C: 1, D: 0 } as const

/** A text and how much its words count: a title `A`, the author's own words `B`, a signature `C`, quotations `D`. */
export type Weighted = readonly [text: string | undefined, weight: keyof typeof WEIGHTS]

/** Postgres limits (tsearch2 `ts_type.h`): positions up to 16,383, 255 a lexeme, one megabyte of lexemes in all. */
const LAST_POSITION = 16_383
const MOST_POSITIONS = 255
const MOST_BYTES = 900_000

const TSVECTOR_OID = 3614

/** A word that starts in one text and ends in the next must not look like a phrase. */
const GAP = 10

/**
 * A `tsvector[]` parameter in Postgres' binary form (`tsvectorrecv`, `array_recv`), one element for each of
 * `documents`. Built here and not by `to_tsvector`, which spends two thirds of an ingest in its parser.
 */
export function tsvectors(documents: readonly (readonly Weighted[])[]): Buffer {
  const out = new Out()
  out.int32(1)
  out.int32(0)
  out.int32(TSVECTOR_OID)
  out.int32(documents.length)
  out.int32(1)
  for (const document of documents) writeVector(out, document)
  return out.bytes()
}

function writeVector(out: Out, document: readonly Weighted[]): void {
  const positions = collect(document)
  const lengthAt = out.length
  out.int32(0)
  out.int32(positions.size)
  for (const [lexeme, places] of positions) {
    out.text(lexeme)
    out.int16(places.length)
    for (const place of places) out.int16(place)
  }
  out.setInt32(lengthAt, out.length - lengthAt - 4)
}

function collect(document: readonly Weighted[]): Map<string, number[]> {
  const positions = new Map<string, number[]>()
  let offset = 0
  let bytes = 0
  for (const [text, weight] of document) {
    if (!text) continue
    const mark = WEIGHTS[weight] << 14
    const words = eachLexeme(text, (lexeme, position) => {
      const places = positions.get(lexeme)
      const place = Math.min(offset + position, LAST_POSITION)
      if (!places) {
        bytes += lexeme.length * 3 + 8
        if (bytes < MOST_BYTES) positions.set(lexeme, [mark | place])
        return
      }
      if (places.length >= MOST_POSITIONS || ((places.at(-1) ?? 0) & LAST_POSITION) === place) return
      bytes += 2
      if (bytes < MOST_BYTES) places.push(mark | place)
    })
    offset += words + GAP
  }
  return positions
}

/** A growing buffer in network byte order. */
class Out {
  length = 0
  #buffer = Buffer.allocUnsafe(1 << 20)

  int16(value: number): void {
    this.#room(2)
    this.#buffer[this.length++] = value >>> 8
    this.#buffer[this.length++] = value & 255
  }

  int32(value: number): void {
    this.#room(4)
    this.length = this.#buffer.writeInt32BE(value, this.length)
  }

  setInt32(at: number, value: number): void {
    this.#buffer.writeInt32BE(value, at)
  }

  /** Zero-terminated UTF-8. */
  text(value: string): void {
    this.#room(value.length * 3 + 1)
    this.length += this.#buffer.write(value, this.length)
    this.#buffer[this.length++] = 0
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.length)
  }

  #room(bytes: number): void {
    if (this.length + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + bytes))
    this.#buffer.copy(larger, 0, 0, this.length)
    this.#buffer = larger
  }
}
