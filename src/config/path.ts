import { withoutControls } from '../record/text.ts'

/** The way from the top of the config file to a value: keys of maps, indexes of lists. */
export type Path = readonly (string | number)[]

/** `workers[2].target`, as an operator would say it. */
export function keyOf(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : dotted(step, at))).join('')
}

/** What stands under a key or index; undefined where the holder has no such key of its own. */
export function valueAt(holder: unknown, step: string | number): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return undefined
  return Reflect.get(holder, step)
}

function dotted(step: string, at: number): string {
  const clean = withoutControls(step).slice(0, 80)
  return at === 0 ? clean : `.${clean}`
}
