import type { Sql } from '../database/sql.ts'
import { newId } from '../record/id.ts'
import { texts, uuids } from './columns.ts'

/** Ids in one job: enough to make the queue's cost small, few enough to finish soon. */
const IDS_A_JOB = 200

/** Leaves jobs for the linker, which looks at every account that is new or says something new. */
export async function writeLinkJobs(tx: Sql, accountIds: ReadonlySet<string>, now: Date): Promise<void> {
  if (accountIds.size === 0) return
  const all = [...accountIds].sort()
  const jobs = Array.from({ length: Math.ceil(all.length / IDS_A_JOB) }, (_, index) =>
    JSON.stringify({ accounts: all.slice(index * IDS_A_JOB, (index + 1) * IDS_A_JOB) }),
  )
  await tx.query(
    `insert into outbox (id, queue, job, at) select id, 'link', job::jsonb, $3 from unnest($1::uuid[], $2::text[]) as i (id, job)`,
    [uuids(jobs.map(() => newId())), texts(jobs), now],
  )
}
