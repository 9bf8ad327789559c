import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { syncFile } from "../durable-file.js";
import { networkReason } from "../network-reason.js";
import { sha256OfFile } from "../sha256.js";
import { ChecksumMismatch } from "./checksum-mismatch.js";
import { Refusal, sizeOf, type TransferOptions, transfer } from "./transfer.js";

export { ChecksumMismatch } from "./checksum-mismatch.js";

export interface DownloadOptions extends TransferOptions {
  /** SHA-256 that the whole file must have, or its beginning. Lower-case hexadecimal. */
  readonly sha256?: string;
}

/** How often in a row a connection is tried again without anything new having come. */
const attempts = 3;
/** Milliseconds before a connection is tried again; doubled each time that nothing came. */
const firstPauseMs = 100;

/**
 * Downloads to a file, continuing what is there already (HTTP ranges) and trying again by itself where a connection is
 * cut. The file is on the disk in the end, so that it may be renamed (see `renameDurably`).
 * @param file Its folder must be there. What came stays in it on failure: the next call continues.
 * @throws The signal's reason; {@link ChecksumMismatch}, and the file is deleted; else an Error that says why in words
 * for a user, such as `the server answered 404 Not Found`.
 * @example
 * await download("https://example.org/encoder.pth", "encoder.pth.part", { sha256: "dcc49843" });
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const { signal, sha256 } = options;
  await connectUntilDone(url, file, options);
  await syncFile(file);
  if (sha256 === undefined) return;
  const found = await sha256OfFile(file, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  if (found.startsWith(sha256)) return;
  await rm(file, { force: true });
  throw new ChecksumMismatch(sha256, found);
}

async function connectUntilDone(url: string, file: string, options: TransferOptions): Promise<void> {
  const { signal } = options;
  let most = await sizeOf(file);
  for (let fruitless = 0; ; ) {
    signal?.throwIfAborted();
    try {
      return await transfer(url, file, options);
    } catch (cause) {
      signal?.throwIfAborted();
      const size = await sizeOf(file);
      fruitless = size > most ? 0 : fruitless + 1;
      most = Math.max(most, size);
      if (isFinal(cause) || fruitless >= attempts) throw new Error(networkReason(cause), { cause });
      await sleep(firstPauseMs * 2 ** fruitless, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}

/** A full disk stays full for the moment; faults of the network have their system call in the error's cause. */
function isFinal(error: unknown): boolean {
  return error instanceof Refusal || (error as NodeJS.ErrnoException).syscall !== undefined;
}
