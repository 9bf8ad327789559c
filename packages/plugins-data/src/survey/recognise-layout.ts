import { stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { type ListedFolder, listFolders, listPictures } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";
import type { RecognisedDataset } from "@eosin/plugin-api/imaging";
import { likelyFolders } from "../datasets/image-mask-folders/likely-folders.js";
import { guessMaskSuffix, guessNaming } from "../pairs/naming.js";

/** Where images and masks are below a domain, and how their names differ, as options of `data/image-mask-folders`. */
type Layout = { readonly [option: string]: string | boolean };

const usual = { imageFolder: "image", maskFolder: "mask" };
const tableEndings = [".csv", ".tsv"];
const beginning = 6;

/**
 * Recognises a data set by names of files and folders: COSAS' tasks, folders of images and masks with or without folders
 * of domains around them, images and masks in one folder, or a table. What is wrong within it, its data set says.
 * @throws EosinError `FOLDER_MISSING`, `LAYOUT_UNKNOWN`
 */
export async function recogniseLayout(place: string): Promise<RecognisedDataset> {
  const path = resolve(place);
  if (tableEndings.includes(extname(path).toLowerCase()) && (await isFile(path))) {
    return { uses: "data/table", with: { file: path }, paths: ["file"], layout: "a table of images and masks" };
  }
  const domains = await listFolders(path, "Name a folder of images and masks, or a table of them (CSV).");
  const tasks = ["task1", "task2"].filter((name) => domains.some((each) => each.name === name));
  if (tasks.length > 0) {
    const task = tasks.map((name) => Number(name.at(-1)));
    const layout = `${tasks.join(" and ")} of the COSAS archive`;
    return {
      uses: "data/cosas",
      with: { root: path, task: task.length === 1 ? task[0] : task },
      paths: ["root"],
      layout,
    };
  }
  const flat = await layoutIn(path);
  if (flat) return folders(path, { domain: basename(path), ...flat }, "images and masks of one domain");
  for (const { path: below } of domains) {
    const each = await layoutIn(below);
    if (each) return folders(path, each, "a folder of images and masks a domain");
  }
  throw unknown(path, domains);
}

function folders(root: string, layout: Layout, words: string): RecognisedDataset {
  return { uses: "data/image-mask-folders", with: { root, ...layout }, paths: ["root"], layout: words };
}

/** How images and masks are laid out in a folder; nothing where it does not seem to hold both. */
async function layoutIn(folder: string): Promise<Layout | undefined> {
  const names = (await listFolders(folder)).map(({ name }) => name);
  const { image, mask } = likelyFolders(names, usual);
  if (image !== undefined && mask !== undefined) return twoFolders(folder, image, mask);
  const { files } = await listPictures(folder, { ignoreFolders: true });
  const maskSuffix = guessMaskSuffix(files.map(({ stem }) => stem));
  return maskSuffix === undefined ? undefined : { imageFolder: ".", maskFolder: ".", maskSuffix };
}

async function twoFolders(folder: string, image: string, mask: string): Promise<Layout> {
  const stemsIn = async (name: string, recursive: boolean) =>
    (await listPictures(join(folder, name), { recursive, ignoreFolders: !recursive })).files.map(({ stem }) => stem);
  let [images, masks] = await Promise.all([stemsIn(image, false), stemsIn(mask, false)]);
  const deeper = images.length === 0;
  if (deeper) [images, masks] = await Promise.all([stemsIn(image, true), stemsIn(mask, true)]);
  return {
    ...(image !== usual.imageFolder && { imageFolder: image }),
    ...(mask !== usual.maskFolder && { maskFolder: mask }),
    ...(deeper && images.length > 0 && { recursive: true }),
    ...namingOptions(images, masks),
  };
}

/** Prefixes and suffixes, where names differ. */
function namingOptions(images: readonly string[], masks: readonly string[]): Layout {
  const guess = guessNaming(images, masks);
  if (!guess) return {};
  const { image, mask } = guess;
  const options = {
    imagePrefix: image.prefix,
    imageSuffix: image.suffix,
    maskPrefix: mask.prefix,
    maskSuffix: mask.suffix,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ""));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function unknown(folder: string, inside: readonly ListedFolder[]): EosinError {
  const names = inside.map(({ name }) => name);
  return new EosinError({
    code: "LAYOUT_UNKNOWN",
    message: "The folder is not laid out as a data set that is known.",
    place: folder,
    expected:
      "<domain>/{image,mask}/, {image,mask}/, a mask beside each image, or task1 and task2 of the COSAS archive",
    found:
      names.length === 0
        ? "no folders in it, and no images with masks beside them"
        : `folders ${names.slice(0, beginning).join(", ")}${names.length > beginning ? ", …" : ""}`,
    next: "Write a document with data/image-mask-folders or data/table (`pipe list dataset`), and check that.",
  });
}
