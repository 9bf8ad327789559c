import { stat } from "node:fs/promises";
import { join } from "node:path";
import { folderEntries, kindOf } from "./folder-entries.js";

export interface ListedFolder {
  /** In Unicode's form NFC. */
  readonly name: string;
  readonly path: string;
}

/** Sub-folders, links to folders among them, sorted by name. @throws EosinError `FOLDER_MISSING`. */
export async function listFolders(folder: string, next?: string): Promise<ListedFolder[]> {
  const folders: ListedFolder[] = [];
  for (const entry of await folderEntries(folder, next)) {
    const path = join(folder, entry.name);
    if ((await kindOf(entry, path)) === "folder") folders.push({ name: entry.name.normalize("NFC"), path });
  }
  return folders;
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
