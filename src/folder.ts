import { readdirSync } from 'node:fs'

/** The folder that holds `cli`, `ingesters` and `src`: the checkout when run from source, `dist` when bundled. */
const ROOT = new URL('../', import.meta.url)

/** The address of one of our own modules, by its path without ending: `src/store/prepare-worker`. */
export function moduleUrl(path: string): URL {
  return new URL(`${path}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, ROOT)
}

/** One plugin of a folder: its name is its file's name. */
export interface Plugin {
  readonly name: string
  readonly url: URL
}

/**
 * The plugins of a folder, by name: a file `mail.ts`, or a folder `mail/` with an `index.ts`. A folder is a
 * registry, so adding a plugin is adding a file. `folder` is relative to the root, such as `ingesters`.
 */
export function pluginsIn(folder: string): Plugin[] {
  const base = new URL(`${folder}/`, ROOT)
  return readdirSync(base, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isDirectory()) {
        const index = readdirSync(new URL(`${entry.name}/`, base)).find((file) => /^index\.[jt]s$/.test(file))
        return index ? [{ name: entry.name, url: new URL(`${entry.name}/${index}`, base) }] : []
      }
      const [, name] = /^([a-z0-9-]+)\.[jt]s$/.exec(entry.name) ?? []
      return name ? [{ name, url: new URL(entry.name, base) }] : []
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
