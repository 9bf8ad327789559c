import { mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import type { StorePaths } from "./store-paths.js";

/**
 * Moves a damaged file out of the way, to `damaged/`: what refers to it is computed again by the next run, and whoever
 * wants to may still look at it.
 * @returns Where it is now; nothing where it cannot be moved: it is found damaged again then.
 */
export function setAsideSync(path: string, paths: StorePaths): string | undefined {
  const aside = join(paths.damaged, basename(path));
  try {
    mkdirSync(paths.damaged, { recursive: true });
    renameSync(path, aside);
    return aside;
  } catch {
    return undefined;
  }
}

/** Whether it is the disk that failed, and not a right that is lacking. */
export function isReadingFault(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EIO" || code === "EUCLEAN" || code === "EBADMSG";
}
