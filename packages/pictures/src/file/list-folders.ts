import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { folderEntries, kindOf, refuseLost } from "./folder-entries.js";

/** One folder of a listing. */
export interface ListedFolder {
  /** In Unicode's form NFC. */
  readonly name: string;
  readonly path: string;
}

/**
 * Sub-folders, links to folders among them, sorted by name.
 * @throws EosinError `FOLDER_MISSING`, `FOLDER_DUPLICATE` where two names differ in their Unicode form only.
 */
export async function listFolders(folder: string, next?: string): Promise<ListedFolder[]> {
  const folders: ListedFolder[] = [];
  for (const entry of await folderEntries(folder, next)) {
    const path = join(folder, entry.name);
    const kind = await kindOf(entry, path);
    if (kind === "lost") refuseLost(path, entry.name);
    if (kind !== "folder") continue;
    const name = entry.name.normalize("NFC");
    const other = folders.find((each) => each.name === name);
    if (other) throw foldersMeet(path, other.path);
    folders.push({ name, path });
  }
  return folders;
}

function foldersMeet(path: string, other: string): EosinError {
  return new EosinError({
    code: "FOLDER_DUPLICATE",
    message: "The names of two folders differ only in their Unicode form.",
    place: path,
    found: other,
    next: "Rename one of the two, or put their files into one.",
  });
}

/** Whether a folder is there. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Whether there is nothing in a folder but folders of the same kind, and what systems leave behind. */
export async function holdsNothing(folder: string): Promise<boolean> {
  for (const entry of await folderEntries(folder)) {
    if (!entry.isDirectory() || !(await holdsNothing(join(folder, entry.name)))) return false;
  }
  return true;
}
