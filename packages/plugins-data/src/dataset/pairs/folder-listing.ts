import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { pictureEndings } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";
import { isLeftBehind } from "./left-behind.js";
import { PassedOverTally } from "./passed-over-tally.js";

const ENDING = /\.([^./\\]+)$/;

export interface ListedPicture {
  readonly path: string;
  /** Below the folder listed, with forward slashes, without ending, in Unicode's form NFC: `a`, or `pat1/a`. */
  readonly stem: string;
  /** As {@link stem}, in the form that the file system has. */
  readonly spelled: string;
  /** Lower-case, without the dot. */
  readonly ending: string;
}

export interface ListedFolder {
  /** In Unicode's form NFC. */
  readonly name: string;
  readonly path: string;
}

export interface ListingOptions {
  /** Whether what lies in folders below is taken too. */
  readonly recursive?: boolean;
  /** What the folder is called where files of it are passed over: its path below the dataset's root. */
  readonly label?: string;
  /** Folders (absolute) that are not entered: another part of the dataset. */
  readonly except?: readonly string[];
  /** Why pictures that lie deeper are not taken. */
  readonly deeper?: string;
  /** Set where folders below are another's business: nothing of them is counted. */
  readonly ignoreFolders?: boolean;
  /** The next step where the folder cannot be read. */
  readonly next?: string;
}

export interface FolderListing {
  /** Sorted by name, folder by folder. */
  readonly files: readonly ListedPicture[];
  /** Pictures in folders below that were not taken. */
  readonly deeper: number;
}

/**
 * The pictures of a folder. What systems leave behind is not looked at; links are followed, but not in circles; all else
 * that is not taken is counted in `passedOver`.
 * @throws EosinError `FOLDER_MISSING`, `FILE_MISSING` where a picture's link leads nowhere.
 */
export async function listPictures(
  folder: string,
  options: ListingOptions = {},
  passedOver = new PassedOverTally(),
): Promise<FolderListing> {
  const { recursive = false, label = "", except = [], next } = options;
  const deeperReason = options.deeper ?? "they lie in folders below; `recursive: true` takes them";
  const files: ListedPicture[] = [];
  let deeper = 0;

  const take = (path: string, below: string, name: string) => {
    const ending = endingOf(name);
    if (ending === undefined || !pictureEndings.includes(ending)) {
      const reason = ending === undefined ? "without an ending of a picture" : `.${ending} is no picture's ending`;
      passedOver.add(joined(label, below), reason, name);
      return;
    }
    const spelled = joined(below, name.replace(ENDING, ""));
    files.push({ path, stem: spelled.normalize("NFC"), spelled, ending });
  };

  const walk = async (at: string, below: string, parents: readonly string[]): Promise<void> => {
    for (const entry of await readEntries(at, next)) {
      const path = join(at, entry.name);
      const kind = await kindOf(entry, path);
      if (kind === "file") take(path, below, entry.name);
      else if (kind === "other") passedOver.add(joined(label, below), "no regular file", entry.name);
      else if (!except.includes(path) && !options.ignoreFolders) {
        const real = entry.isSymbolicLink() ? await realpath(path) : join(parents[parents.length - 1], entry.name);
        if (parents.includes(real)) continue;
        const name = joined(below, entry.name);
        if (recursive) await walk(path, name, [...parents, real]);
        else {
          const count = (await listPictures(path, { recursive: true, except })).files.length;
          if (count > 0) passedOver.add(label, deeperReason, `${name}/`, count);
          deeper += count;
        }
      }
    }
  };
  const entered = await realpath(folder).catch(() => folder);
  await walk(folder, "", [entered]);
  return { files, deeper };
}

/**
 * Sub-folders, links to folders among them, sorted by name.
 * @throws EosinError `FOLDER_MISSING`, `FOLDER_DUPLICATE` where two names differ in their Unicode form only.
 */
export async function listFolders(folder: string, next?: string): Promise<ListedFolder[]> {
  const folders: ListedFolder[] = [];
  for (const entry of await readEntries(folder, next)) {
    const path = join(folder, entry.name);
    if ((await kindOf(entry, path)) !== "folder") continue;
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

function endingOf(name: string): string | undefined {
  return ENDING.exec(name)?.[1].toLowerCase();
}

function joined(folder: string, name: string): string {
  return [folder, name].filter((each) => each !== "" && each !== ".").join("/");
}

async function kindOf(entry: Dirent, path: string): Promise<"file" | "folder" | "other"> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "other";
  const target = await stat(path).catch(() => undefined);
  if (target) return target.isDirectory() ? "folder" : target.isFile() ? "file" : "other";
  const ending = endingOf(entry.name);
  if (ending !== undefined && !pictureEndings.includes(ending)) return "other";
  throw new EosinError({
    code: "FILE_MISSING",
    message: "The link leads nowhere.",
    place: path,
    expected: "a link to a file or folder",
    next: "Correct the link or remove it; a disk that is not mounted may be why.",
  });
}

async function readEntries(folder: string, next: string | undefined): Promise<Dirent[]> {
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

/** Whether there is nothing in a folder but folders of the same kind, and what systems leave behind. */
export async function holdsNothing(folder: string): Promise<boolean> {
  for (const entry of await readEntries(folder, undefined)) {
    if (!entry.isDirectory() || !(await holdsNothing(join(folder, entry.name)))) return false;
  }
  return true;
}
