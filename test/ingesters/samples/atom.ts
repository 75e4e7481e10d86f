import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sample } from '../sample.ts'

/** A feed of two entries and one of three by file; one whose second entry of three says nothing. */
const sample: Sample = {
  good: async (folder) => ({
    what: [await copied('garden-notes.atom', folder), await copied('harbour-news.rss', folder)],
  }),
  items: 5,
  bad: async (folder) => ({ what: [await copied('one-bad-entry.atom', folder)] }),
  badItems: { good: 2, bad: 1 },
  requiredKey: 'what',
}

export default sample

async function copied(fixture: string, folder: string): Promise<string> {
  const path = join(folder, fixture)
  await copyFile(new URL(`../../fixtures/atom/${fixture}`, import.meta.url), path)
  return path
}
