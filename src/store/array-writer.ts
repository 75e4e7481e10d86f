/** Writes one Postgres array parameter in its binary form (`array_recv`), which spares both ends the escaping of text. */
export class ArrayWriter {
  #length = 0
  #buffer: Buffer

  /** An array of `count` elements of the type with this oid (`pg_type.dat`). */
  constructor(oid: number, count: number, bytesHint: number) {
    // Never from the shared pool: what is written may be handed to another thread.
    this.#buffer = Buffer.allocUnsafeSlow(64 + count * 4 + bytesHint)
    this.int32(count === 0 ? 0 : 1)
    this.int32(1)
    this.int32(oid)
    if (count === 0) return
    this.int32(count)
    this.int32(1)
  }

  null(): void {
    this.int32(-1)
  }

  bytes(value: Uint8Array): void {
    this.int32(value.byteLength)
    this.#room(value.byteLength)
    this.#buffer.set(value, this.#length)
    this.#length += value.byteLength
  }

  /** Text as Postgres takes it: without NUL, half a surrogate pair replaced. */
  text(outside: string): void {
    const value = outside.includes('\0') ? outside.replaceAll('\0', '') : outside
    const start = this.#length
    this.#room(4 + value.length * 3)
    const written = this.#buffer.write(value, start + 4)
    this.#buffer.writeInt32BE(written, start)
    this.#length = start + 4 + written
  }

  /** An element written piece by piece, its length set afterwards. */
  element(write: () => void): void {
    const start = this.#length
    this.int32(0)
    write()
    this.#buffer.writeInt32BE(this.#length - start - 4, start)
  }

  zeroTerminated(value: string): void {
    this.#room(value.length * 3 + 1)
    this.#length += this.#buffer.write(value, this.#length)
    this.#buffer[this.#length++] = 0
  }

  int16(value: number): void {
    this.#room(2)
    this.#buffer[this.#length++] = value >>> 8
    this.#buffer[this.#length++] = value & 255
  }

  int32(value: number): void {
    this.#room(4)
    this.#length = this.#buffer.writeInt32BE(value, this.#length)
  }

  int64(value: bigint): void {
    this.#room(8)
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length)
  }

  done(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + bytes))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
