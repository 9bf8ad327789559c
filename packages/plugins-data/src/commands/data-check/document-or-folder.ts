import { statSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { recogniseLayout } from "../../survey/recognise-layout.js";

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

/** A document stands for itself; a folder for a document with one data set, by how the folder is laid out. */
export async function documentOrFolder(target: string): Promise<CheckedTarget> {
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const ending = extname(target).slice(1).toLowerCase();
    if (found && pictureEndings.has(ending)) throw pictureGiven(target);
    return { file: target };
  }
  const { uses, with: options } = await recogniseLayout(target);
  const plugins = { "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*" };
  const name = `check ${basename(resolve(target))}`;
  const text = JSON.stringify({ name, plugins, steps: { data: { uses, with: options } } });
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
