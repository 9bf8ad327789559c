/**
 * Shared memory for prepared samples, by what they depend on; all sources of a process share it, so that fitting,
 * training and judging decode a file once. Past `limitBytes` there is no more: samples are then decoded each time.
 */
export class SampleCache {
  readonly #buffers = new Map<string, SharedArrayBuffer>();
  readonly #limitBytes: number;
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** @returns The buffer of that key, a fresh one if there is room, else nothing. Pages are only taken when written. */
  bufferFor(key: string, bytes: number): SharedArrayBuffer | undefined {
    const known = this.#buffers.get(key);
    if (known) return known;
    if (this.#usedBytes + bytes > this.#limitBytes) return undefined;
    const buffer = new SharedArrayBuffer(bytes);
    this.#buffers.set(key, buffer);
    this.#usedBytes += bytes;
    return buffer;
  }
}
