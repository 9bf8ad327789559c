/** Buffers of this thread that were given back. New memory for each file keeps the garbage collector busy. */
const free: Buffer[] = [];
/** Memory that is of here: nobody else's is handed out. */
const own = new WeakSet<ArrayBufferLike>();

const LEAST_BYTES = 2 ** 16;
/** A thread keeps so many, and none that is larger: 4 MiB at most. */
const MOST_FREE = 4;
const MOST_BYTES = 2 ** 20;

/** @returns A buffer of that length, with any content: in memory that was given back, where some is large enough. */
export function takeBytes(length: number): Buffer {
  const at = free.findIndex((each) => each.length >= length);
  const buffer = at >= 0 ? free.splice(at, 1)[0] : Buffer.allocUnsafeSlow(roomFor(length));
  own.add(buffer.buffer);
  return buffer.subarray(0, length);
}

/** @param bytes Of {@link takeBytes}, or a part of them: nobody may read them any more. Others are left alone. */
export function giveBytesBack({ buffer }: Buffer): void {
  if (!own.has(buffer) || buffer.byteLength > MOST_BYTES || free.length >= MOST_FREE) return;
  own.delete(buffer);
  free.push(Buffer.from(buffer, 0, buffer.byteLength));
}

function roomFor(length: number): number {
  return length > MOST_BYTES ? length : Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(length)));
}
