import { widthOf } from './fit.ts'
import { safeText } from './safe-text.ts'

/** One column of a table. */
export type Alignment = 'left' | 'right'

/** Rows as lines with their cells below each other, two spaces apart; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[], alignments: readonly Alignment[]): string[] {
  const clean = rows.map((row) => row.map((cell) => safeText(cell).replace(/[\n\t]+/g, ' ')))
  const widths = alignments.map((_, column) => Math.max(0, ...clean.map((row) => widthOf(row[column] ?? ''))))
  return clean.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, alignments[column] ?? 'left'))
      .join('  ')
      .trimEnd(),
  )
}

function padded(cell: string, width: number, alignment: Alignment): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)))
  return alignment === 'left' ? cell + space : space + cell
}
