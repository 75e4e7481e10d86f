import type { PostKey } from '../record/key.ts'
import type { PostSeen } from '../record/observation.ts'
import { type PostRow, type Standing, outranks, standingOf } from './post-rows.ts'

/** A post that is to be written under `key`, over `row` where there is one. */
export interface Chosen {
  readonly key: PostKey
  readonly post: PostSeen
  readonly standing: Standing
  readonly row?: PostRow
}

/** Which posts of a batch are written, and how many items that stands for. */
export interface Choice {
  readonly chosen: ReadonlyMap<PostKey, Chosen>
  readonly stored: number
  readonly updated: number
  readonly known: number
}

/**
 * Decides, for the posts of a batch in their order, which are new, which replace an older copy and which are known
 * already: the same as storing them one by one.
 */
export function choose(posts: readonly PostSeen[], rows: ReadonlyMap<PostKey, PostRow>): Choice {
  const chosen = new Map<PostKey, Chosen>()
  const count = { stored: 0, updated: 0, known: 0 }
  for (const post of posts) {
    const key = keyFor(post, chosen, rows)
    const row = rows.get(key)
    const standing = standingOf(post)
    const before = chosen.get(key)?.standing ?? row?.standing
    if (row?.tombstoned || (before && !outranks(standing, before))) {
      count.known++
      continue
    }
    chosen.set(key, { key, post, standing, ...(row && { row }) })
    if (!before) count.stored++
    else if (standing.digest.equals(before.digest)) count.known++
    else count.updated++
  }
  return { chosen, ...count }
}

/** The post's own key, unless a post with another identity has it. */
function keyFor(
  post: PostSeen,
  chosen: ReadonlyMap<PostKey, Chosen>,
  rows: ReadonlyMap<PostKey, PostRow>,
): PostKey {
  if (post.keyIfTaken === undefined || post.identity === undefined) return post.key
  const inBatch = chosen.get(post.key)
  const holder = inBatch ? inBatch.post.identity : rows.get(post.key)?.identity
  return holder === undefined || holder === post.identity ? post.key : post.keyIfTaken
}
