import { join, relative, resolve, sep } from "node:path";
import { holdsNothing, isFolder, listFolders, listPictures, type PassedOverTally } from "@eosin/pictures";
import type { PairFolders, PartFolder } from "../../pairs/pairing-rules.js";
import { domainFoldersMissing, listedFolderMissing, refuseFlatRoot } from "./layout-errors.js";
import type { ImageMaskFoldersOptions } from "./options.js";

export const NEXT = "Set `root` to a folder of <domain>/{image,mask}, or name the folders with `folders`.";

/** The folders of each domain, whether or not they are there. @throws EosinError `FOLDER_MISSING`. */
export async function findDomains(
  options: ImageMaskFoldersOptions,
  baseFolder: string,
  passedOver: PassedOverTally,
): Promise<PairFolders[]> {
  const { root, domain, imageFolder, maskFolder } = options;
  if (root === undefined) {
    return (options.folders ?? []).map(({ domain, image, mask }) => ({
      domain: domain.normalize("NFC"),
      image: part("image", resolve(baseFolder, image), image, options),
      mask: part("mask", resolve(baseFolder, mask), mask, options),
    }));
  }
  const folder = resolve(baseFolder, root);
  const below = (at: string, name: string): PairFolders => ({
    domain: name,
    image: part("image", join(at, imageFolder), labelOf(folder, join(at, imageFolder)), options),
    mask: part("mask", join(at, maskFolder), labelOf(folder, join(at, maskFolder)), options),
  });
  if (domain !== undefined) return [below(folder, domain.normalize("NFC"))];
  const domains = await listFolders(folder, NEXT);
  await refuseFlatRoot(folder, domains, options);
  await passOverPictures(folder, "", "it is beside the folders of domains", passedOver);
  return domains.map(({ name, path }) => below(path, name));
}

/**
 * Whether there is anything in the domain's folders: one that is empty altogether is none.
 * @throws EosinError `FOLDER_MISSING`, with the option that would help.
 */
export async function checkDomain(
  folders: PairFolders,
  options: ImageMaskFoldersOptions,
  baseFolder: string,
  passedOver: PassedOverTally,
): Promise<boolean> {
  const { image, mask } = folders;
  const [hasImages, hasMasks] = await Promise.all([isFolder(image.folder), isFolder(mask.folder)]);
  if (options.root === undefined) {
    if (!hasImages || !hasMasks) throw await listedFolderMissing(hasImages ? mask.folder : image.folder);
    return true;
  }
  const root = resolve(baseFolder, options.root);
  const folder = options.domain === undefined ? await folderOf(root, folders.domain) : root;
  if (!hasImages || !hasMasks) {
    if (options.domain === undefined && (await holdsNothing(folder))) return false;
    throw await domainFoldersMissing(folder, { hasImages, hasMasks }, folders, options);
  }
  await passOverBeside(root, folder, folders, passedOver);
  return true;
}

/** Counts pictures of a domain that are neither in its folder of images nor in that of masks. */
async function passOverBeside(root: string, folder: string, { image, mask }: PairFolders, passedOver: PassedOverTally) {
  const parts = [image.folder, mask.folder];
  if (parts.includes(folder)) return;
  const reason = "neither in the folder of images nor in that of masks";
  await passOverPictures(folder, labelOf(root, folder), reason, passedOver);
  for (const { name, path } of await listFolders(folder)) {
    if (parts.some((each) => each === path || each.startsWith(path + sep))) continue;
    const { files } = await listPictures(path, { recursive: true, except: parts });
    if (files.length > 0) passedOver.add(labelOf(root, folder), reason, `${name}/`, files.length);
  }
}

async function passOverPictures(folder: string, label: string, reason: string, passedOver: PassedOverTally) {
  for (const { stem, ending } of (await listPictures(folder, { ignoreFolders: true })).files) {
    passedOver.add(label, reason, `${stem}.${ending}`);
  }
}

/** Domains are called by their folders' names in one Unicode form; the folders have their own. */
async function folderOf(root: string, domain: string): Promise<string> {
  return (await listFolders(root)).find(({ name }) => name === domain)?.path ?? join(root, domain);
}

function part(which: "image" | "mask", folder: string, label: string, options: ImageMaskFoldersOptions): PartFolder {
  const endings = options[`${which}Endings`]?.map((each) => each.replace(/^\./, "").toLowerCase());
  return {
    folder,
    label,
    prefix: options[`${which}Prefix`].normalize("NFC"),
    suffix: options[`${which}Suffix`].normalize("NFC"),
    ...(endings && { endings }),
  };
}

/** As a path below the root, with forward slashes. */
function labelOf(root: string, folder: string): string {
  return relative(root, folder).split(sep).join("/").normalize("NFC");
}
