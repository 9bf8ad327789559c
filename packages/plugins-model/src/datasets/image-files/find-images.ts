import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { isSystemFile, listPictures, PassedOverTally, pictureEndings } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";
import type { PassedOver } from "@eosin/plugin-api/imaging";
import { EarlierPredictions, MANIFEST } from "../../predictions-manifest/earlier-predictions.js";

export interface FoundImage {
  /** Absolute. */
  readonly path: string;
  /** Below the folder given, without extension, with forward slashes: `kfbio-400/6f7c87af44b3`; see `names`. */
  readonly id: string;
  /** Name of the folder that it lies in. */
  readonly folder: string;
}

export interface FoundImages {
  readonly images: readonly FoundImage[];
  readonly passedOver: readonly PassedOver[];
  readonly remarks: readonly string[];
}

export interface SearchOptions {
  /** What the paths are relative to. */
  readonly baseFolder: string;
  /** `path`: ids begin with the path of the folder given, and are the paths of files given; default `short`. */
  readonly names?: "short" | "path";
}

/**
 * Files as they are given, and all pictures in the folders given and below, folder by folder. Left out are what earlier
 * predictions wrote, and what systems leave behind.
 * @throws EosinError `FILE_MISSING` with all paths that are not there, `NO_IMAGES`, `FOLDER_MISSING`, `DUPLICATE_ID`
 * where two images would have the same name.
 */
export async function findImages(paths: readonly string[], options: SearchOptions): Promise<FoundImages> {
  const given = await statAll(paths, options);
  const passedOver = new PassedOverTally();
  const earlier = new EarlierPredictions();
  const images: FoundImage[] = [];
  const empty: string[] = [];
  for (const { path, shown, isFolder } of given) {
    if (!isFolder) {
      const manifest = await earlier.manifestOf(path);
      if (manifest) passedOver.add(dirname(shown), reasonOf(manifest, options), basename(path));
      else if (!isSystemFile(basename(path))) images.push(fileGiven(path, shown, options));
      continue;
    }
    const search = { recursive: true, takeLost: true, own: [MANIFEST], label: shown };
    const { files } = await listPictures(path, search, passedOver);
    for (const { path: file, spelled } of files) {
      const manifest = await earlier.manifestOf(file);
      if (manifest) passedOver.add(join(shown, dirname(spelled)), reasonOf(manifest, options), basename(file));
      else images.push({ path: file, id: idOf(spelled, shown, options), folder: basename(dirname(file)) });
    }
    if (files.length === 0) empty.push(shown);
  }
  const found = { images: unique(images, options), passedOver: passedOver.list() };
  if (images.length === 0) throw noImages(paths, found.passedOver);
  return { ...found, remarks: empty.map((folder) => `no images in ${folder}`) };
}

interface GivenPath {
  readonly path: string;
  /** From the base folder where it is below that, else as it was given. */
  readonly shown: string;
  readonly isFolder: boolean;
}

async function statAll(paths: readonly string[], { baseFolder }: SearchOptions): Promise<readonly GivenPath[]> {
  const missing: EosinError[] = [];
  const given: GivenPath[] = [];
  for (const each of paths) {
    const path = resolve(baseFolder, each);
    const found: Stats | undefined = await stat(path).catch(() => undefined);
    const below = relative(baseFolder, path);
    const shown = below.startsWith("..") ? each : below || ".";
    if (found) given.push({ path, shown, isFolder: found.isDirectory() });
    else missing.push(fileMissing(path));
  }
  const [first, ...also] = missing;
  if (first === undefined) return given;
  throw also.length === 0 ? first : new EosinError({ ...first, message: first.message, also });
}

function fileGiven(path: string, shown: string, { names }: SearchOptions): FoundImage {
  const name = basename(path);
  const id = names === "path" ? shown : name.slice(0, name.length - extname(name).length);
  return { path, id, folder: basename(dirname(path)) };
}

function idOf(spelled: string, shown: string, { names }: SearchOptions): string {
  return names === "path" ? join(shown, spelled) : spelled;
}

function reasonOf(manifest: string, { baseFolder }: SearchOptions): string {
  const below = relative(baseFolder, manifest);
  return `written by an earlier prediction (${below.startsWith("..") ? manifest : below})`;
}

/** By whole paths a file may be named twice, which means it once. */
function unique(found: readonly FoundImage[], { names }: SearchOptions): readonly FoundImage[] {
  if (names !== "path") refuseDuplicates(found);
  return [...new Map(found.map((image) => [image.id, image])).values()];
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
        next:
          dirname(path) === dirname(other)
            ? "Leave one of the two out, or rename it."
            : "Give the folder above both, or predict them one after the other, each with an --out of its own.",
      });
    }
    paths.set(id, path);
  }
}

function fileMissing(path: string): EosinError {
  return new EosinError({
    code: "FILE_MISSING",
    message: "There is no such file or folder.",
    place: path,
    next: "Correct the path.",
  });
}

function noImages(paths: readonly string[], passedOver: readonly PassedOver[]): EosinError {
  return new EosinError({
    code: "NO_IMAGES",
    message: "There are no images here.",
    place: paths.join(", "),
    expected: `files ending in ${pictureEndings.map((ending) => `.${ending}`).join(", ")}`,
    found:
      passedOver.length === 0 ? "nothing" : passedOver.map(({ count, reason }) => `${count}: ${reason}`).join("\n"),
    next: "Give another folder, or name the files.",
  });
}
