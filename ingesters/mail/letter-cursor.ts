import { crc32 } from 'node:zlib'
import { z } from 'zod'

/** One file of a folder that holds one message. */
export interface Letter {
  /** What it is known by in its folder; letters are read in the order of their ids. */
  readonly id: string
  /** Changes when the file does; the id again where files never change. */
  readonly stamp: string
  readonly path: string
  readonly cameAt?: () => Date
}

/**
 * A stretch of a folder's letters, all of which were read: the last id, how many they are, and the CRC-32 of
 * their stamps. Where one was added, removed or changed, its stretch is read again; all others cost nothing.
 */
export type Stretch = readonly [last: string, count: number, crc: number]

/** What to do next in a folder: read a letter, or pass over a stretch in which nothing changed. */
export type Step =
  | { readonly letter: Letter; readonly known: readonly Stretch[] }
  | { readonly passed: Stretch }

/** Short enough to be read again without a wait; long enough that a million letters make a small cursor. */
const LONGEST = 1000

const cursorSchema = z.array(z.tuple([z.string(), z.number(), z.number()]))

/** Compares letters, in the order of their ids, with what the cursor says was read. */
export function stepsThrough(letters: readonly Letter[], cursor: string | undefined): Step[] {
  const steps: Step[] = []
  const known = readCursor(cursor)
  let at = 0
  for (const [index, stretch] of known.entries()) {
    const start = at
    let crc = 0
    for (; at < letters.length; at++) {
      const letter = letters[at]
      if (!letter || letter.id > stretch[0]) break
      crc = crc32(letter.stamp, crc)
    }
    if (at - start === stretch[1] && crc === stretch[2]) steps.push({ passed: stretch })
    else steps.push(...stepsOf(letters.slice(start, at), known.slice(index + 1)))
  }
  return [...steps, ...stepsOf(letters.slice(at), [])]
}

/** Follows the steps and says where the folder's reading has come to. */
export function folderCursor() {
  let done = ''
  let last: Stretch | undefined
  const close = () => {
    if (last) done += `${JSON.stringify(last)},`
  }
  return {
    pass(stretch: Stretch): void {
      close()
      last = stretch
    },
    add({ id, stamp }: Letter): void {
      if (last && last[1] < LONGEST) last = [id, last[1] + 1, crc32(stamp, last[2])]
      else {
        close()
        last = [id, 1, crc32(stamp)]
      }
    },
    /** The cursor, where `known` are the stretches that are still to be compared. */
    value(known: readonly Stretch[]): string {
      const rest = known.length > 0 ? `,${JSON.stringify(known).slice(1, -1)}` : ''
      return `[${done}${JSON.stringify(last ?? ['', 0, 0])}${rest}]`
    },
  }
}

function stepsOf(letters: readonly Letter[], known: readonly Stretch[]): Step[] {
  return letters.map((letter) => ({ letter, known }))
}

function readCursor(value: string | undefined): readonly Stretch[] {
  if (value === undefined) return []
  try {
    return cursorSchema.safeParse(JSON.parse(value)).data ?? []
  } catch {
    return []
  }
}
