import { type Dirent, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { EosinError } from "@eosin/plugin-api";

export interface CheckedTarget {
  readonly file: string;
  /** The document, if there is none on disk. */
  readonly text?: string;
}

/** As their readers know them; no document is called so. */
const pictureEndings = new Set([
  "png",
  "tif",
  "tiff",
  "jpg",
  "jpeg",
  "webp",
  "bmp",
  "jp2",
  "j2k",
  "gif",
  "svs",
  "ndpi",
]);
const imageNames = ["image", "images", "img", "imgs"];
const maskNames = ["mask", "masks", "label", "labels", "gt", "annotation", "annotations"];

/** A document stands for itself; a folder for a document with one data set, by how the folder is laid out. */
export async function documentOrFolder(target: string): Promise<CheckedTarget> {
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const ending = extname(target).slice(1).toLowerCase();
    if (found && pictureEndings.has(ending)) throw pictureGiven(target);
    return { file: target };
  }
  const folder = resolve(target);
  const data = datasetOf(folder);
  const plugins = { "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*" };
  const text = JSON.stringify({ name: `check ${basename(folder)}`, plugins, steps: { data } });
  // It lies in the working folder, as far as plugins and paths are concerned.
  const file = resolve("data-check.yaml");
  return { file, text };
}

function pictureGiven(target: string): EosinError {
  return new EosinError({
    code: "NO_DOCUMENT",
    message: "A single picture is no data set.",
    place: target,
    expected: "a pipeline document (YAML), or a folder of images and masks",
    found: "a picture",
    next: `pipe data check FOLDER, with the folder that holds the folders of images and of masks; this picture lies in ${dirname(resolve(target))}.`,
  });
}

function datasetOf(folder: string): { uses: string; with: object } {
  const inside = foldersIn(folder);
  const tasks = ["task1", "task2"].filter((name) => inside.includes(name));
  if (tasks.length > 0) {
    return { uses: "data/cosas", with: { root: folder, task: tasks.map((name) => Number(name.at(-1))) } };
  }
  const pair = pairIn(inside);
  if (pair) {
    const [image, mask] = [pair.image, pair.mask].map((name) => join(folder, name));
    return { uses: "data/image-mask-folders", with: { folders: [{ domain: basename(folder), image, mask }] } };
  }
  const pairs = inside.map((name) => pairIn(foldersIn(join(folder, name))));
  const first = pairs.find((each) => each !== undefined);
  if (first) {
    return {
      uses: "data/image-mask-folders",
      with: { root: folder, imageFolder: first.image, maskFolder: first.mask },
    };
  }
  throw new EosinError({
    code: "LAYOUT_UNKNOWN",
    message: "The folder is not laid out as a data set that is known.",
    place: folder,
    expected: "<domain>/{image,mask}/, {image,mask}/, or task1 and task2 of the COSAS archive",
    found:
      inside.length === 0
        ? "no folders in it"
        : `folders ${inside.slice(0, 6).join(", ")}${inside.length > 6 ? ", …" : ""}`,
    next: "Write a document with data/image-mask-folders or data/table (`pipe list dataset`), and check that.",
  });
}

function pairIn(inside: readonly string[]): { image: string; mask: string } | undefined {
  const named = (names: readonly string[]) => inside.find((name) => names.includes(name.toLowerCase()));
  const image = named(imageNames);
  const mask = named(maskNames);
  return image !== undefined && mask !== undefined ? { image, mask } : undefined;
}

function foldersIn(folder: string): readonly string[] {
  const isFolder = (entry: Dirent) =>
    entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(join(folder, entry.name)));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && isFolder(entry))
    .map(({ name }) => name)
    .sort();
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
