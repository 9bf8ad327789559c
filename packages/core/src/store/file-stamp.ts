import { type BigIntStats, statSync } from "node:fs";
import { stat } from "node:fs/promises";

/** What tells that a file is still the one that was read: it changes with the content, but for {@link wasSettled}. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** Size, times of modification and change to the nanosecond, and inode. */
  readonly text: string;
  /** When content or metadata last changed, in milliseconds since 1970. */
  readonly changedMs: number;
}

/** The coarsest clock of a file system that is met (FAT: 2 s). Linux moves the times of files every few milliseconds. */
const clockTickMs = 2_000;

/** @throws what `stat` throws; `isFile` tells folders and devices apart */
export async function stampOf(path: string): Promise<FileStamp & { readonly isFile: boolean }> {
  return toStamp(await stat(path, { bigint: true }));
}

export function stampOfSync(path: string): FileStamp & { readonly isFile: boolean } {
  return toStamp(statSync(path, { bigint: true }));
}

/**
 * Whether a file was at rest when its reading began. One that changed within a tick of the clock may change again and
 * keep its stamp: what was read of it says nothing later (git calls this racy).
 */
export function wasSettled({ changedMs }: FileStamp, readingBeganMs: number): boolean {
  return changedMs < readingBeganMs - clockTickMs;
}

// The inode and the time of change tell files apart that were swapped by renaming, with size and time as they were.
function toStamp(found: BigIntStats): FileStamp & { readonly isFile: boolean } {
  const { size, mtimeNs, ctimeNs, ino } = found;
  return {
    size: Number(size),
    text: `${size}:${mtimeNs}:${ctimeNs}:${ino}`,
    changedMs: Math.max(Number(mtimeNs / 1_000_000n), Number(ctimeNs / 1_000_000n)),
    isFile: found.isFile(),
  };
}
