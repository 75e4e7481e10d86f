import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let poolUsed = pool.length
let lastMs = 0
let sequence = 0

/**
 * A new time-ordered UUID, version 7 (RFC 9562 section 5.7): milliseconds, then a counter that keeps ids made in
 * the same millisecond in order, then random bits. Ids made together lie together in an index.
 */
export function newId(nowMs: number = Date.now()): string {
  tick(nowMs)
  const time = lastMs.toString(16).padStart(12, '0')
  const counter = sequence.toString(16).padStart(3, '0')
  const random = randomHex()
  const variant = ((Number.parseInt(random.slice(0, 1), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${random.slice(1, 4)}-${random.slice(4)}`
}

/** Time never runs backwards here, and a full counter borrows from the next millisecond. */
function tick(nowMs: number): void {
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = 0
  } else if (++sequence > 0xfff) {
    lastMs++
    sequence = 0
  }
}

function randomHex(): string {
  if (poolUsed + 8 > pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  poolUsed += 8
  return pool.toString('hex', poolUsed - 8, poolUsed)
}
