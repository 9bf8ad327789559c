import { createHash, hash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";

const chunkBytes = 2 ** 20;
/** Smaller files are read at once: a stream takes longer to set up than they take to read. */
const streamFrom = 8 * 2 ** 20;

let chunk: Buffer | undefined;

export interface FileReading {
  /** Bytes, where they are known: small files are then read at once. */
  readonly size?: number;
  readonly signal?: AbortSignal;
}

/**
 * The SHA-256 of bytes, or of a text in UTF-8.
 * @returns Lower-case hexadecimal, 64 digits.
 * @example
 * const digest = sha256Of("abc");
 */
export function sha256Of(content: Uint8Array | string): string {
  return hash("sha256", content);
}

/**
 * The SHA-256 of a file's content, read in pieces.
 * @returns Lower-case hexadecimal, 64 digits.
 * @throws What the file system says; an AbortError where the signal is aborted.
 * @example
 * const digest = await sha256OfFile("encoder.pth");
 */
export async function sha256OfFile(path: string, { size, signal }: FileReading = {}): Promise<string> {
  const running = createHash("sha256");
  if (size !== undefined && size < streamFrom) return sha256Of(await readFile(path, { signal }));
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, signal }))
    running.update(chunk as Buffer);
  return running.digest("hex");
}

/**
 * {@link sha256OfFile} on the calling thread: faster for small files on a local disk.
 * @returns Lower-case hexadecimal, 64 digits.
 * @throws What the file system says.
 * @example
 * const digest = sha256OfFileSync("package.json");
 */
export function sha256OfFileSync(path: string): string {
  const running = createHash("sha256");
  const file = openSync(path, "r");
  try {
    // Kept by this thread: memory that is new for each file takes as long to come by as the file to read.
    chunk ??= Buffer.allocUnsafeSlow(chunkBytes);
    for (let bytes = readSync(file, chunk); bytes > 0; bytes = readSync(file, chunk)) {
      running.update(chunk.subarray(0, bytes));
    }
  } finally {
    closeSync(file);
  }
  return running.digest("hex");
}
