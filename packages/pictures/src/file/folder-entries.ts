import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import { pictureEndings } from "../formats/format.js";
import { isLeftBehind } from "./left-behind.js";

export const ENDING = /\.([^./\\]+)$/;

/** Lower-case, without the dot. */
export function endingOf(name: string): string | undefined {
  return ENDING.exec(name)?.[1].toLowerCase();
}

/**
 * What a folder holds, but what systems leave behind; sorted by name in Unicode's form NFC.
 * @param next The next step where the folder cannot be read.
 * @throws EosinError `FOLDER_MISSING`, `FOLDER_UNREADABLE`
 */
export async function folderEntries(folder: string, next?: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const key = (entry: Dirent) => entry.name.normalize("NFC");
    return entries
      .filter((each) => !isLeftBehind(each.name))
      .sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") throw denied(folder, cause);
    throw new EosinError({
      code: "FOLDER_MISSING",
      message: "The folder cannot be read.",
      place: folder,
      expected: "a folder",
      found: code === "ENOENT" ? "nothing there" : String(cause),
      next,
      cause,
    });
  }
}

function denied(folder: string, cause: unknown): EosinError {
  return new EosinError({
    code: "FOLDER_UNREADABLE",
    message: "This user may not read the folder.",
    place: folder,
    expected: "the right to list and to enter it",
    found: "permission denied",
    next: `chmod u+rx ${folder}, or ask its owner for these rights.`,
    cause,
  });
}

/** What an entry is once links are followed; `lost`: a link that leads nowhere. */
export async function kindOf(entry: Dirent, path: string): Promise<"file" | "folder" | "other" | "lost"> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "other";
  const target = await stat(path).catch(() => undefined);
  if (target === undefined) return "lost";
  return target.isDirectory() ? "folder" : target.isFile() ? "file" : "other";
}

/**
 * For a link that leads nowhere and may have led to a picture or a folder, by its name.
 * @throws EosinError `FILE_MISSING`
 */
export function refuseLost(path: string, name: string): void {
  const ending = endingOf(name);
  if (ending !== undefined && !pictureEndings.includes(ending)) return;
  throw new EosinError({
    code: "FILE_MISSING",
    message: "The link leads nowhere.",
    place: path,
    expected: "a link to a file or folder",
    next: "Correct the link or remove it; a disk that is not mounted may be why.",
  });
}
