import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { pictureEndings } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";

const EXTENSIONS = new Set(pictureEndings.map((ending) => `.${ending}`));

export interface FoundImage {
  readonly path: string;
  /** Below the folder given, without extension, with forward slashes: `kfbio-400/6f7c87af44b3`. */
  readonly id: string;
  /** Name of the folder that it lies in. */
  readonly folder: string;
}

/**
 * Files as they are given, folders with everything below them that has the extension of an image, sorted.
 * @throws EosinError `FILE_MISSING`, `NO_IMAGES`, `DUPLICATE_ID` where two images would have the same name.
 */
export async function findImages(paths: readonly string[]): Promise<readonly FoundImage[]> {
  const found: FoundImage[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    if (!entry) {
      throw new EosinError({
        code: "FILE_MISSING",
        message: "There is no such file or folder.",
        place: path,
        next: "Correct the path.",
      });
    }
    if (entry.isDirectory()) {
      const names = (await readdir(path, { recursive: true })).filter((name) =>
        EXTENSIONS.has(extname(name).toLowerCase()),
      );
      for (const name of names.sort()) found.push(foundImage(join(path, name), path));
    } else {
      found.push(foundImage(path, dirname(path)));
    }
  }
  refuseDuplicates(found);
  if (found.length > 0) return found;
  throw new EosinError({
    code: "NO_IMAGES",
    message: "There are no images here.",
    place: paths.join(", "),
    expected: `files ending in ${[...EXTENSIONS].join(", ")}`,
    next: "Give another folder, or name the files.",
  });
}

function foundImage(path: string, root: string): FoundImage {
  const name = relative(root, path);
  const id = name
    .slice(0, name.length - extname(name).length)
    .split(sep)
    .join("/");
  return { path, id, folder: basename(dirname(path)) };
}

function refuseDuplicates(found: readonly FoundImage[]): void {
  const paths = new Map<string, string>();
  for (const { id, path } of found) {
    const other = paths.get(id);
    if (other !== undefined) {
      throw new EosinError({
        code: "DUPLICATE_ID",
        message: `Two images would both be written as ${id}.`,
        place: path,
        found: other,
        next: "Give the folder above both, or predict them one after the other.",
      });
    }
    paths.set(id, path);
  }
}
