import { withoutControls } from '../record/text.ts'

/** The way from the top of the config file to a value: keys of maps, indexes of lists. */
export type Path = readonly (string | number)[]

/** `workers[2].target`, as an operator would say it. */
export function keyOf(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : dotted(step, at))).join('')
}

function dotted(step: string, at: number): string {
  const clean = withoutControls(step).slice(0, 80)
  return at === 0 ? clean : `.${clean}`
}
