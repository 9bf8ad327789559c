import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32 } from "@eosin/support/crc32";
import { type Entry, openPromise, type ZipFile } from "yauzl";

export interface Unzipping {
  readonly signal: AbortSignal;
  /** Bytes unpacked, and of how many. */
  onProgress(done: number, total: number): void;
}

/**
 * Unpacks the files of a ZIP archive of any size, and compares each with its size and CRC-32.
 * @throws Error where it is not such an archive, or an entry is damaged or would land outside the folder; the signal's reason.
 */
export async function unzip(archive: string, folder: string, { signal, onProgress }: Unzipping): Promise<void> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    // The names have been checked: none leads out of the folder.
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
    const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    let done = 0;
    for (const entry of entries) {
      signal.throwIfAborted();
      await extract(zip, entry, folder, signal);
      done += entry.uncompressedSize;
      onProgress(done, total);
    }
  } finally {
    zip.close();
  }
}

async function extract(zip: ZipFile, entry: Entry, folder: string, signal: AbortSignal): Promise<void> {
  const target = join(folder, entry.fileName);
  await mkdir(dirname(target), { recursive: true });
  let checksum = 0;
  const summed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  };
  await pipeline(await zip.openReadStreamPromise(entry), summed, createWriteStream(target), { signal });
  if (checksum !== entry.crc32)
    throw new Error(`${entry.fileName} is damaged: its CRC-32 is not the one that is stated`);
}
