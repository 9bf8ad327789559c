import { EosinError, isEosinError } from "@eosin/plugin-api";

const full = new Set(["ENOSPC", "EDQUOT"]);
const unwritable = new Set(["EROFS", "EACCES", "EPERM", "ENOTDIR", "EEXIST"]);

/**
 * Turns a fault of the file system into one that a user can fix; gives back anything else as it is.
 * @param folder What was written to: named where the fault itself names no path.
 */
export function toStoreError(error: unknown, folder: string): unknown {
  if (isEosinError(error) || !(error instanceof Error)) return error;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && full.has(code)) {
    return new EosinError({
      code: "STORE_FULL",
      message: "The disk is full. What was finished before is kept.",
      place: path ?? folder,
      next: "Free some space (pipe clean removes what no kept run needs), then give the same command again: it continues.",
      cause: error,
    });
  }
  // Folders on a read-only file system: Node says that a folder which it could not make is not there.
  if (code !== undefined && (unwritable.has(code) || (code === "ENOENT" && syscall === "mkdir"))) {
    return new EosinError({
      code: "STORE_UNWRITABLE",
      message: `The store cannot be written to (${code === "ENOENT" ? "no folder can be made there" : code}).`,
      place: path ?? folder,
      expected: "a folder that this user may write to",
      next: "Fix its permissions, or choose another folder with --store DIR (or EOSIN_STORE).",
      cause: error,
    });
  }
  return error;
}

export async function withStoreErrors<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error, folder);
  }
}
