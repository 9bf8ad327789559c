import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import { isLeftBehind } from "./left-behind.js";

/**
 * What a folder holds, but what systems leave behind; sorted by name in Unicode's form NFC.
 * @param next The next step where the folder cannot be read.
 * @throws EosinError `FOLDER_MISSING`
 */
export async function folderEntries(folder: string, next?: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const key = (entry: Dirent) => entry.name.normalize("NFC");
    return entries
      .filter((each) => !isLeftBehind(each.name))
      .sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  } catch (cause) {
    throw new EosinError({
      code: "FOLDER_MISSING",
      message: "The folder cannot be read.",
      place: folder,
      expected: "a folder",
      found: (cause as NodeJS.ErrnoException).code === "ENOENT" ? "nothing there" : String(cause),
      next,
      cause,
    });
  }
}

/** What an entry is once links are followed; `lost`: a link that leads nowhere. */
export async function kindOf(entry: Dirent, path: string): Promise<"file" | "folder" | "other" | "lost"> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "other";
  const target = await stat(path).catch(() => undefined);
  if (target === undefined) return "lost";
  return target.isDirectory() ? "folder" : target.isFile() ? "file" : "other";
}
