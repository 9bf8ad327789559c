import { describePassedOver, type ListedPicture } from "@eosin/pictures";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { withAffix } from "./naming.js";
import { namingAdvice } from "./naming-advice.js";
import type { FilesByCore, PairFolders, PairingRules, PartFolder } from "./pairing-rules.js";

/** What was found in the folders of one domain. */
export interface FoundFiles {
  readonly folders: PairFolders;
  readonly images: FilesByCore;
  readonly masks: FilesByCore;
  readonly unpairedMasks: FilesByCore;
}

export function maskMissing(core: string, image: ListedPicture, found: FoundFiles, rules: PairingRules): EosinError {
  const { folders, images, masks, unpairedMasks } = found;
  const without = [...images.keys()].filter((each) => !masks.has(each)).length;
  // Where each is told, none counts the others.
  const others = rules.onFault && unpairedMasks.size < masks.size ? 0 : without - 1;
  const wanted = withAffix(core, folders.mask);
  const near = nearest(wanted, unpairedMasks, without, rules);
  return new EosinError({
    code: "MASK_MISSING",
    message: others === 0 ? "The image has no mask." : `The image has no mask, nor have ${others} more.`,
    place: image.path,
    expected: `${wanted} (with any picture's ending) in ${folders.mask.folder}`,
    found: `${unpairedMasks.size} masks of other names${examplesOf(unpairedMasks)}${passedOverIn(folders.mask, rules)}`,
    didYouMean: near,
    next: `${advice(found, rules)}Add the mask, or move the image out of the folder. \`unpaired: leave-out\` leaves such images out, \`exclude\` single ones; \`unpaired: no-tumour\` takes them as free of tumour.`,
  });
}

export function imageMissing(mask: ListedPicture, found: FoundFiles, rules: PairingRules): EosinError {
  const { folders, images } = found;
  return new EosinError({
    code: "IMAGE_MISSING",
    message: "The mask has no image.",
    place: mask.path,
    expected: `an image of the same name in ${folders.image.folder}`,
    found: `${images.size} images${examplesOf(images)}${passedOverIn(folders.image, rules)}`,
    didYouMean: nearest(mask.stem, images, found.unpairedMasks.size, rules),
    next: `${advice(found, rules)}Add the image, or move the mask out of the folder. \`unpaired: leave-out\` leaves such masks out, \`exclude\` single ones.`,
  });
}

/** Two files of a folder that would have one id. */
export function filesMeet(file: ListedPicture, other: ListedPicture, rules: PairingRules): EosinError {
  const sameEnding = file.ending === other.ending && file.spelled !== other.spelled;
  return new EosinError({
    code: "SAMPLE_DUPLICATE",
    message: sameEnding
      ? "The names of two files of a folder differ only in their Unicode form."
      : "Two files of a folder differ only in their extension.",
    place: file.path,
    found: other.path,
    next:
      sameEnding || !rules.namingOptions
        ? "Keep one of the two."
        : "Keep one of the two, or say with `imageEndings` or `maskEndings` which ending to take.",
  });
}

/** Comparisons of names that a check may spend on the files of one domain: seconds. */
const comparisonsAtMost = 500_000;

/** @param asking Files that ask for their nearest name, where each is told. */
function nearest(name: string, among: FilesByCore, asking: number, { onFault }: PairingRules): string | undefined {
  if (onFault && asking * among.size > comparisonsAtMost) return undefined;
  return nearestName(name, stemsOf(among));
}

const advices = new WeakMap<FoundFiles, string>();

/** How the files seem to be named, where that is why they do not pair. */
function advice(found: FoundFiles, { namingOptions }: PairingRules): string {
  if (!namingOptions) return "";
  const known = advices.get(found);
  if (known !== undefined) return known;
  const { folders, images, masks } = found;
  const set = namingAdvice(stemsOf(images), stemsOf(masks), folders);
  const text = set === undefined ? "" : `Set ${set}, as most files are named. Else: `;
  // Every file of them gets the same.
  advices.set(found, text);
  return text;
}

/** What of the part was not taken: the partner may be among it. */
function passedOverIn({ label }: PartFolder, { passedOver }: PairingRules): string {
  const entries = passedOver.list().filter(({ folder }) => folder === (label || "."));
  return entries.map((each) => `; ${describePassedOver(each)}`).join("");
}

function stemsOf(files: FilesByCore): string[] {
  return [...files.values()].map((each) => each.stem);
}

function examplesOf(files: FilesByCore): string {
  const names = [...files.values()].slice(0, 3).map((each) => `${each.stem}.${each.ending}`);
  return names.length === 0 ? "" : `, e.g. ${names.join(", ")}`;
}
