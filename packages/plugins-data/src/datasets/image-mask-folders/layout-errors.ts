import { basename, dirname, join } from "node:path";
import { isFolder, type ListedFolder, listFolders, listPictures } from "@eosin/pictures";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { oneFolderAdvice, yamlText } from "../../pairs/naming-advice.js";
import type { PairFolders } from "../../pairs/pairing-rules.js";
import { likelyFolders } from "./likely-folders.js";
import type { ImageMaskFoldersOptions } from "./options.js";

type FolderNames = Pick<ImageMaskFoldersOptions, "imageFolder" | "maskFolder">;

/** @throws EosinError `FOLDER_MISSING` where the root holds images and masks itself, not domains. */
export async function refuseFlatRoot(
  root: string,
  folders: readonly ListedFolder[],
  options: FolderNames,
): Promise<void> {
  const names = folders.map((each) => each.name);
  const { image, mask } = likelyFolders(names, options);
  const settings = ["`domain: NAME`"];
  if (image !== undefined && mask !== undefined) {
    for (const part of [image, mask]) {
      const inner = await listFolders(join(root, part));
      if (inner.some(({ name }) => name === options.imageFolder || name === options.maskFolder)) return;
    }
    settings.push(...folderSettings({ image, mask }, options));
  } else {
    if (names.length > 0) return;
    const { files } = await listPictures(root);
    if (files.length === 0) return;
    settings.push("`imageFolder: .`", "`maskFolder: .`");
    const suffix = oneFolderAdvice(files.map((each) => each.stem));
    if (suffix !== undefined) settings.push(suffix);
  }
  throw new EosinError({
    code: "FOLDER_MISSING",
    message: "The root holds images and masks itself, not a folder for each domain.",
    place: root,
    expected: `<domain>/${options.imageFolder} and <domain>/${options.maskFolder}`,
    found: names.length > 0 ? names.slice(0, 6).join(", ") : "pictures",
    next: `Set ${settings.join(", ")}: all of it is then one domain of that name.`,
  });
}

/** What to do where a domain has no folder of images, or none of masks. */
export async function domainFoldersMissing(
  folder: string,
  { hasImages, hasMasks }: { readonly hasImages: boolean; readonly hasMasks: boolean },
  { image, mask, domain }: PairFolders,
  options: ImageMaskFoldersOptions,
): Promise<EosinError> {
  const names = (await listFolders(folder)).map((each) => each.name);
  const likely = likelyFolders(names, options);
  const found = {
    image: hasImages ? options.imageFolder : likely.image,
    mask: hasMasks ? options.maskFolder : likely.mask,
  };
  const missing = hasImages ? mask.folder : image.folder;
  return new EosinError({
    code: "FOLDER_MISSING",
    message: `The domain ${domain} has no folder of ${hasImages ? "masks" : "images"}.`,
    place: missing,
    expected: "a folder",
    found: names.length === 0 ? `no folders in ${folder}` : `folders ${names.slice(0, 6).join(", ")}`,
    didYouMean: hasImages ? likely.mask : likely.image,
    next: (await advice(folder, names, found, options)) ?? defaultAdvice(domain, options),
  });
}

/** Where one of `folders` is missing. */
export async function listedFolderMissing(folder: string): Promise<EosinError> {
  const siblings = await listFolders(dirname(folder)).catch(() => []);
  return new EosinError({
    code: "FOLDER_MISSING",
    message: "The folder cannot be read.",
    place: folder,
    expected: "a folder",
    found: "nothing there",
    didYouMean: nearestName(
      basename(folder),
      siblings.map((each) => each.name),
    ),
    next: "Correct it in `folders`: each names a folder of images and one of masks.",
  });
}

async function advice(
  folder: string,
  names: readonly string[],
  found: { readonly image?: string; readonly mask?: string },
  options: FolderNames,
): Promise<string | undefined> {
  if (found.image !== undefined && found.mask !== undefined) {
    return setting(folderSettings({ image: found.image, mask: found.mask }, options));
  }
  // Without a folder of images they may be in that of the domain; without one of masks, beside the images.
  const images = found.image ?? ".";
  const { files } = await listPictures(join(folder, images), { ignoreFolders: true }).catch(() => ({ files: [] }));
  if (files.length > 0) {
    if (found.mask !== undefined) return setting(folderSettings({ image: images, mask: found.mask }, options));
    const suffix = oneFolderAdvice(files.map((each) => each.stem));
    if (suffix !== undefined) return setting([...folderSettings({ image: images, mask: images }, options), suffix]);
  }
  for (const name of names) {
    if (await isFolder(join(folder, name, options.imageFolder))) {
      return `Set \`root\` to ${folder}, whose folders hold ${options.imageFolder} and ${options.maskFolder}, or name all folders with \`folders\`.`;
    }
  }
  return undefined;
}

function folderSettings({ image, mask }: { image: string; mask: string }, options: FolderNames): string[] {
  return [
    ...(image === options.imageFolder ? [] : [`\`imageFolder: ${yamlText(image)}\``]),
    ...(mask === options.maskFolder ? [] : [`\`maskFolder: ${yamlText(mask)}\``]),
  ];
}

function setting(lines: readonly string[]): string {
  return `Set ${lines.join(", ")}.`;
}

function defaultAdvice(domain: string, { unpaired, domain: flat }: ImageMaskFoldersOptions): string {
  const empty = unpaired === "no-tumour" ? " A domain free of tumour has an empty folder of masks." : "";
  const others = flat === undefined ? ` Where ${domain} is not a domain, say with \`domains\` which folders are.` : "";
  return `Name the folders with \`imageFolder\` and \`maskFolder\`, or each with \`folders\`.${others}${empty}`;
}
