import { parentPort } from 'node:worker_threads'
import { type Content, columnsOf } from './content.ts'

// The other end of `preparer.ts`: makes columns on a thread of its own and hands their memory over.
parentPort?.on('message', (contents: readonly (Content | undefined)[]) => {
  const columns = columnsOf(contents)
  const memory = columns.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
  parentPort?.postMessage(columns, memory)
})
