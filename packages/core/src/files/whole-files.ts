import { closeSync, openSync, readSync } from "node:fs";

/** Bytes: larger files are read in pieces. */
const wholeBelow = 2 ** 20;

/** Reads small files whole, into memory that is used again: new memory for each takes as long to come by as the file to read. */
export class WholeFiles {
  readonly #free: Buffer[] = [];
  readonly #most: number;

  /** @param most Buffers that are kept: as many as are in use at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param size Bytes, where the file may be read on this thread.
   * @param work Gets the content of a small file that can be read; it may look at it until what it returns settles.
   * @throws What `work` throws.
   */
  async use<Result>(
    path: string,
    size: number | undefined,
    work: (whole: Buffer | undefined) => Promise<Result>,
  ): Promise<Result> {
    if (size === undefined || size >= wholeBelow) return work(undefined);
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(wholeBelow);
    try {
      return await work(contentOf(path, buffer));
    } finally {
      if (this.#free.length < this.#most) this.#free.push(buffer);
    }
  }
}

/** Nothing where the file cannot be read, or has grown past the buffer. */
function contentOf(path: string, buffer: Buffer): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    let filled = 0;
    for (let read = -1; read !== 0 && filled < buffer.length; filled += read) {
      read = readSync(file, buffer, filled, buffer.length - filled, null);
    }
    return filled < buffer.length ? buffer.subarray(0, filled) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
