import { type ListedPicture, listPictures } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";
import { coreOf } from "./naming.js";
import { oneFolderAdvice } from "./naming-advice.js";
import type { PairFolders, PairingRules, PartFolder } from "./pairing-rules.js";

export interface ListedParts {
  readonly images: readonly ListedPicture[];
  readonly masks: readonly ListedPicture[];
}

/** What is in the folders of images and of masks, or in the one folder of both. */
export async function listParts(folders: PairFolders, rules: PairingRules): Promise<ListedParts> {
  const { image, mask } = folders;
  if (image.folder === mask.folder) return listOneFolder(folders, rules);
  const list = (part: PartFolder, other: PartFolder) =>
    listPictures(part.folder, { ...rules, label: part.label, except: [other.folder] }, rules.passedOver);
  const [images, masks] = [await list(image, mask), await list(mask, image)];
  const withEndings = (files: readonly ListedPicture[], part: PartFolder) =>
    files.filter((file) => hasEnding(file, part) || passOver(file, part, ofOtherEnding(part, image), rules));
  const chosen = withEndings(images.files, image).filter(
    (file) => coreOf(file.stem, image) !== undefined || passOver(file, image, `not named ${pattern(image)}`, rules),
  );
  if (images.files.length === 0) refuseDeeper(image, images.deeper, rules);
  return { images: chosen, masks: withEndings(masks.files, mask) };
}

async function listOneFolder({ image, mask }: PairFolders, rules: PairingRules): Promise<ListedParts> {
  const { files, deeper } = await listPictures(image.folder, { ...rules, label: image.label }, rules.passedOver);
  if (files.length === 0) refuseDeeper(image, deeper, rules);
  const images: ListedPicture[] = [];
  const masks: ListedPicture[] = [];
  for (const file of files) {
    const [isImage, isMask] = [fits(file, image), fits(file, mask)];
    // The longer affix says more: a_mask is the mask of a, not an image of that name.
    if (isImage && isMask && affixLength(image) === affixLength(mask)) throw cannotTell(files, image);
    if (isMask && !(isImage && affixLength(image) > affixLength(mask))) masks.push(file);
    else if (isImage) images.push(file);
    else passOver(file, image, "named neither as an image nor as a mask", rules);
  }
  return { images, masks };
}

function fits(file: ListedPicture, part: PartFolder): boolean {
  return hasEnding(file, part) && coreOf(file.stem, part) !== undefined;
}

function hasEnding({ ending }: ListedPicture, { endings }: PartFolder): boolean {
  return endings === undefined || endings.includes(ending);
}

function ofOtherEnding(part: PartFolder, image: PartFolder): string {
  return `its ending is not among \`${part === image ? "imageEndings" : "maskEndings"}\``;
}

function affixLength({ prefix, suffix }: PartFolder): number {
  return prefix.length + suffix.length;
}

/** `img_…_he`: how the part's files are named. */
export function pattern({ prefix, suffix }: PartFolder): string {
  return `${prefix}…${suffix}`;
}

function passOver(file: ListedPicture, part: PartFolder, reason: string, rules: PairingRules): false {
  rules.passedOver.add(part.label, reason, `${file.stem}.${file.ending}`);
  return false;
}

function refuseDeeper({ folder }: PartFolder, deeper: number, { deeper: why }: PairingRules): void {
  if (deeper === 0) return;
  throw new EosinError({
    code: "DATASET_EMPTY",
    message: "No image is in the folder itself: images are deeper.",
    place: folder,
    expected: "images in the folder",
    found: `${deeper} ${deeper === 1 ? "image" : "images"} in folders below`,
    next:
      why === undefined
        ? "Set `recursive: true`; masks must then be in folders of the same names below the mask folder."
        : "Move the images up, or read them with data/image-mask-folders and its option `recursive`.",
  });
}

function cannotTell(files: readonly ListedPicture[], { folder }: PartFolder): EosinError {
  const advice = oneFolderAdvice(files.map((each) => each.stem));
  return new EosinError({
    code: "NAMING_AMBIGUOUS",
    message: "Images and masks are in one folder, and their names do not tell which is which.",
    place: folder,
    expected: "a suffix, a prefix or an ending of the masks that images do not have",
    found: files
      .slice(0, 4)
      .map((each) => `${each.stem}.${each.ending}`)
      .join(", "),
    next: advice ? `Set ${advice}.` : "Set `maskSuffix`, `maskPrefix`, or `imageEndings` and `maskEndings`.",
  });
}
