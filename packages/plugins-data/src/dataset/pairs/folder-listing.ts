import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";

const IMAGE_NAME = /\.(png|jpe?g|tiff?)$/i;

/** Names of sub-folders, sorted; links count as folders. @throws EosinError `FOLDER_MISSING`. */
export async function listFolders(folder: string, next: string): Promise<string[]> {
  const entries = await readFolder(folder, next);
  return entries.filter((each) => each.isDirectory() || each.isSymbolicLink()).map((each) => each.name);
}

/**
 * PNG, JPEG and TIFF files by stem (name without extension), sorted by stem.
 * @throws EosinError `FOLDER_MISSING`, `SAMPLE_DUPLICATE` where two files share a stem.
 */
export async function listImages(folder: string, next: string): Promise<Map<string, string>> {
  const entries = await readFolder(folder, next);
  const files = new Map<string, string>();
  for (const { name } of entries.filter((each) => !each.isDirectory() && IMAGE_NAME.test(each.name))) {
    const stem = name.replace(IMAGE_NAME, "");
    const path = join(folder, name);
    const other = files.get(stem);
    if (other !== undefined) {
      throw new EosinError({
        code: "SAMPLE_DUPLICATE",
        message: "Two files of a folder differ only in their extension.",
        place: path,
        found: other,
        next: "Keep one of the two.",
      });
    }
    files.set(stem, path);
  }
  return files;
}

async function readFolder(folder: string, next: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return (
      entries
        // macOS leaves these beside what it packs.
        .filter((each) => !each.name.startsWith(".") && each.name !== "__MACOSX")
        .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    );
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
