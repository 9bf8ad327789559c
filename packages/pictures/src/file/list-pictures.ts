import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { pictureEndings } from "../formats/format.js";
import { ENDING, endingOf, folderEntries, kindOf, refuseLost } from "./folder-entries.js";
import { PassedOverTally } from "./passed-over-tally.js";

/** One picture of a listing, not opened yet. */
export interface ListedPicture {
  readonly path: string;
  /** Below the folder listed, with forward slashes, without ending, in Unicode's form NFC: `a`, or `pat1/a`. */
  readonly stem: string;
  /** As {@link stem}, in the form that the file system has. */
  readonly spelled: string;
  /** Lower-case, without the dot. */
  readonly ending: string;
}

/** What {@link listPictures} takes and leaves. */
export interface ListingOptions {
  /** Whether what is in folders below is taken too. */
  readonly recursive?: boolean;
  /** What the folder is called where files of it are passed over: its path below the dataset's root. */
  readonly label?: string;
  /** Folders (absolute) that are not entered: another part of the dataset. */
  readonly except?: readonly string[];
  /** Why pictures that are deeper are not taken. */
  readonly deeper?: string;
  /** Set where folders below are another's business: nothing of them is counted. */
  readonly ignoreFolders?: boolean;
  /** Pictures whose links lead nowhere are listed: whoever reads them says so. Without it they are an error. */
  readonly takeLost?: boolean;
  /** Files (by name) that are the caller's own: neither taken nor counted. */
  readonly own?: readonly string[];
  /** The next step where the folder cannot be read. */
  readonly next?: string;
}

/** What {@link listPictures} found. */
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
  const { recursive = false, label = "", except = [], own = [], next } = options;
  const deeperReason = options.deeper ?? "they are in folders below; `recursive: true` takes them";
  const files: ListedPicture[] = [];
  let deeper = 0;

  const take = (path: string, below: string, name: string) => {
    const ending = endingOf(name);
    if (ending === undefined || !pictureEndings.includes(ending)) {
      const reason = ending === undefined ? "without an ending of a picture" : `.${ending} is not a picture's ending`;
      passedOver.add(joined(label, below), reason, name);
      return;
    }
    const spelled = joined(below, name.replace(ENDING, ""));
    files.push({ path, stem: spelled.normalize("NFC"), spelled, ending });
  };

  const walk = async (at: string, below: string, parents: readonly string[]): Promise<void> => {
    for (const entry of await folderEntries(at, next)) {
      const path = join(at, entry.name);
      if (own.includes(entry.name)) continue;
      const kind = await kindOf(entry, path);
      if (kind === "file" || (kind === "lost" && mayBeTaken(path, entry.name, options))) take(path, below, entry.name);
      else if (kind !== "folder") passedOver.add(joined(label, below), "no regular file", entry.name);
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

function joined(folder: string, name: string): string {
  return [folder, name].filter((each) => each !== "" && each !== ".").join("/");
}

/** A link that leads nowhere: whether a picture was meant, and whoever reads it will say that it is gone. */
function mayBeTaken(path: string, name: string, { takeLost }: ListingOptions): boolean {
  if (!takeLost) refuseLost(path, name);
  const ending = endingOf(name);
  return ending !== undefined && pictureEndings.includes(ending);
}
