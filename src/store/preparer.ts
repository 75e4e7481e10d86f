import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { moduleUrl } from '../folder.ts'
import { type Content, type Prepare, columnsOf } from './content.ts'

/** Smaller batches are prepared sooner than a thread starts. */
const WORTH_A_THREAD = 100

/** Short-lived strings by the million: a large nursery collects them without copying them around first. */
const NURSERY_MB = 12

/** Prepares batches, the large ones on a thread of its own; closing it ends the thread. */
export interface Preparer extends AsyncDisposable {
  readonly prepare: Prepare
}

/** A preparer; its thread starts with the first large batch. */
export function openPreparer(): Preparer {
  let worker: Worker | undefined
  let before: Promise<unknown> = Promise.resolve()

  const onThread: Prepare = (contents) => {
    worker ??= new Worker(moduleUrl('src/store/prepare-worker'), {
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
    })
    const answer = before.then(() => ask(worker, contents))
    before = answer.catch(() => undefined)
    return answer
  }
  return {
    prepare: (contents) =>
      contents.length < WORTH_A_THREAD ? Promise.resolve(columnsOf(contents)) : onThread(contents),
    async [Symbol.asyncDispose]() {
      await worker?.terminate()
    },
  }
}

/** One question at a time: the thread answers in order, and its failure is the answer to the question under way. */
async function ask(
  worker: Worker | undefined,
  contents: readonly (Content | undefined)[],
): Promise<Uint8Array[]> {
  if (!worker) return columnsOf(contents)
  const answer = once(worker, 'message')
  worker.postMessage(contents, [])
  const [columns] = await answer
  return columns
}
