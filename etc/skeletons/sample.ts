import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const GOOD = [
  'n1\t2024-03-05T10:00:00Z\tann\tThe kiln is warm',
  'n2\t2024-03-05T11:00:00Z\tbob\tI bring the cups',
  'n3\t2024-03-06T09:00:00Z\tann\tThey are blue',
]

/** Copy this to `test/ingesters/samples/<name>.ts`: the tests that every ingester must pass run over it. */
export default {
  good: (folder: string) => written(folder, GOOD),
  items: 3,
  bad: (folder: string) => written(folder, [GOOD[0] ?? '', 'n2\tyesterday\tbob\tno time', GOOD[2] ?? '']),
  badItems: { good: 2, bad: 1 },
  requiredKey: 'what',
}

async function written(folder: string, lines: readonly string[]) {
  const file = join(folder, 'notes.tsv')
  await writeFile(file, `${lines.join('\n')}\n`)
  return { what: [file] }
}
