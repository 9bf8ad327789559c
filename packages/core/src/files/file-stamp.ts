import { type BigIntStats, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { inParallel } from "@eosin/support/in-parallel";

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

/** `isFile` tells folders and devices apart. */
export type FoundStamp = FileStamp & { readonly isFile: boolean };

/** @throws what `stat` throws */
export async function stampOf(path: string): Promise<FoundStamp> {
  return toStamp(await stat(path, { bigint: true }));
}

export function stampOfSync(path: string): FoundStamp {
  return toStamp(statSync(path, { bigint: true }));
}

const triedFirst = 16;
/** A local disk answers in a few microseconds, and handing a call to another thread takes several times that. */
const quickMs = 0.1;
const statsAtOnce = 64;

/**
 * Asks many files, whichever way is faster here, and tells each as it is found, nothing for those that cannot be asked.
 * @returns Whether the disk answers so fast that other threads are not a gain for short calls.
 */
export async function eachStamp(
  paths: readonly string[],
  tell: (stamp: FoundStamp | undefined, index: number) => void,
): Promise<boolean> {
  const began = performance.now();
  const tried = Math.min(triedFirst, paths.length);
  const first = paths.slice(0, tried).map(foundSync);
  const isQuick = performance.now() - began < quickMs * tried;
  first.forEach(tell);
  if (isQuick) {
    for (let index = tried; index < paths.length; index++) tell(foundSync(paths[index]), index);
    return isQuick;
  }
  const rest = paths.slice(tried);
  const others = await inParallel(rest, statsAtOnce, (path) => stampOf(path).catch(() => undefined));
  others.forEach((each, index) => {
    tell(each, tried + index);
  });
  return isQuick;
}

/** {@link stampOf}, on this thread; nothing where the file cannot be asked. */
export function foundSync(path: string): FoundStamp | undefined {
  try {
    return stampOfSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Whether a file was at rest when its reading began. One that changed within a tick of the clock may change again and
 * keep its stamp: what was read of it says nothing later (git calls this racy).
 */
export function wasSettled({ changedMs }: FileStamp, readingBeganMs: number): boolean {
  return changedMs < readingBeganMs - clockTickMs;
}

// The inode and the time of change tell files apart that were swapped by renaming, with size and time as they were.
function toStamp(found: BigIntStats): FoundStamp {
  const { size, mtimeNs, ctimeNs, ino } = found;
  return {
    size: Number(size),
    text: `${size}:${mtimeNs}:${ctimeNs}:${ino}`,
    changedMs: Math.max(Number(mtimeNs / 1_000_000n), Number(ctimeNs / 1_000_000n)),
    isFile: found.isFile(),
  };
}
