import { ArrayWriter } from './array-writer.ts'

/** Oids of `pg_type.dat`; they are part of the wire protocol and never change. */
const OID = { bool: 16, bytea: 17, int8: 20, text: 25, timestamptz: 1184, uuid: 2950 } as const

/** Postgres counts microseconds from the year 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1)

/** A column of values, undefined for null. */
type Column<T> = readonly (T | undefined)[]

/** A `text[]` parameter. */
export function texts(values: Column<string>): Buffer {
  const length = values.reduce((sum, value) => sum + (value?.length ?? 0), 0)
  return array(OID.text, values, length, (out, value) => out.text(value))
}

/** A `uuid[]` parameter. */
export function uuids(values: Column<string>): Buffer {
  return array(OID.uuid, values, values.length * 16, (out, value) =>
    out.bytes(Buffer.from(value.replaceAll('-', ''), 'hex')),
  )
}

/** A `timestamptz[]` parameter, of dates or of milliseconds since 1970. */
export function times(values: Column<Date | number>): Buffer {
  return array(OID.timestamptz, values, values.length * 8, (out, value) =>
    out.element(() => out.int64(BigInt(Number(value) - EPOCH_MS) * 1000n)),
  )
}

/** A `bytea[]` parameter. */
export function blobs(values: Column<Uint8Array>): Buffer {
  const length = values.reduce((sum, value) => sum + (value?.byteLength ?? 0), 0)
  return array(OID.bytea, values, length, (out, value) => out.bytes(value))
}

/** A `boolean[]` parameter. */
export function flags(values: Column<boolean>): Buffer {
  return array(OID.bool, values, values.length, (out, value) => out.bytes(Uint8Array.of(value ? 1 : 0)))
}

/** A `bigint[]` parameter. */
export function integers(values: Column<number>): Buffer {
  return array(OID.int8, values, values.length * 8, (out, value) =>
    out.element(() => out.int64(BigInt(Math.trunc(value)))),
  )
}

function array<T>(
  oid: number,
  values: Column<T>,
  bytes: number,
  write: (out: ArrayWriter, value: T) => void,
): Buffer {
  const out = new ArrayWriter(oid, values.length, bytes)
  for (const value of values) {
    if (value === undefined) out.null()
    else write(out, value)
  }
  return out.done()
}
