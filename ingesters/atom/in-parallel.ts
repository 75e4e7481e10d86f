/** How many tasks run at once, in all and of one group. */
export interface Parallel<Task> {
  readonly total: number
  readonly each: number
  readonly groupOf: (task: Task) => string
}

/**
 * The results of tasks as they come in, the quick ones first. No more are under way or waiting to be taken than
 * `total`, so that results do not pile up in memory. The first task that throws ends it all.
 */
export async function* inParallel<Task, Result>(
  tasks: readonly Task[],
  { total, each, groupOf }: Parallel<Task>,
  work: (task: Task) => Promise<Result>,
): AsyncGenerator<Result> {
  const waiting = [...tasks]
  const running = new Map<Task, Promise<{ task: Task; result: Result }>>()

  while (waiting.length > 0 || running.size > 0) {
    while (running.size < total) {
      const busy = Map.groupBy(running.keys(), groupOf)
      const next = waiting.findIndex((task) => (busy.get(groupOf(task))?.length ?? 0) < each)
      const [task] = next < 0 ? [] : waiting.splice(next, 1)
      if (task === undefined) break
      running.set(
        task,
        work(task).then((result) => ({ task, result })),
      )
    }
    const done = await Promise.race(running.values())
    running.delete(done.task)
    yield done.result
  }
}
