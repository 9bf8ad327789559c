import type { ListedPicture } from "@eosin/pictures";
import { listParts } from "./list-parts.js";
import { coreOf } from "./naming.js";
import { filesMeet, imageMissing, maskMissing } from "./pairing-errors.js";
import type { FilesByCore, PairFolders, PairingRules, PartFolder } from "./pairing-rules.js";

/** An image and its mask on disk. */
export interface FilePair {
  /** `<domain>/<stem of the image>` */
  readonly id: string;
  readonly domain: string;
  readonly image: string;
  /** Absent where all of the image counts as background. */
  readonly mask?: string;
  readonly attributes?: { readonly [name: string]: string };
}

/**
 * Pairs the images of a folder with the masks of the same name, sorted by name.
 * @throws EosinError `FOLDER_MISSING`, `MASK_MISSING`, `IMAGE_MISSING`, `SAMPLE_DUPLICATE`, `DATASET_EMPTY` where
 * images are deeper only. `rules.onFault` takes those of single files instead.
 */
export async function pairFiles(folders: PairFolders, rules: PairingRules): Promise<FilePair[]> {
  const { domain } = folders;
  const { unpaired, passedOver } = rules;
  // A picture whose link leads nowhere is told by its id, when its header is read.
  const listed = await listParts(folders, { ...rules, takeLost: rules.onFault !== undefined });
  const images = byCore(listed.images, folders.image, domain, rules);
  const masks = byCore(listed.masks, folders.mask, domain, rules);
  const unpairedMasks: FilesByCore = new Map(masks);
  for (const core of images.keys()) unpairedMasks.delete(core);
  const found = { folders, images, masks, unpairedMasks };
  // Where nothing pairs, it is not single files that are at fault.
  const onFault = unpairedMasks.size < masks.size ? rules.onFault : undefined;
  const pairs: FilePair[] = [];
  for (const [core, image] of images) {
    const id = `${domain}/${core}`;
    const mask = masks.get(core);
    if (mask === undefined && unpaired === "error") {
      const error = maskMissing(core, image, found, rules);
      if (onFault === undefined) throw error;
      onFault(id, error);
      continue;
    }
    if (mask === undefined && unpaired === "leave-out") {
      passedOver.add(folders.image.label, "no mask", nameOf(image));
      continue;
    }
    if (mask && isComposed(image) !== isComposed(mask)) rules.respelled.push(id);
    pairs.push({ id, domain, image: image.path, ...(mask && { mask: mask.path }) });
  }
  for (const mask of unpairedMasks.values()) {
    // Also where images may lack masks: a mask that belongs to none is a name gone wrong.
    if (unpaired !== "leave-out") {
      const error = imageMissing(mask, found, rules);
      if (onFault === undefined) throw error;
      onFault(`${domain}/${coreOf(mask.stem, folders.mask) ?? mask.stem}`, error);
      continue;
    }
    passedOver.add(folders.mask.label, "no image", nameOf(mask));
  }
  return pairs;
}

/** @throws EosinError `SAMPLE_DUPLICATE` where two files have one core. */
function byCore(files: readonly ListedPicture[], part: PartFolder, domain: string, rules: PairingRules): FilesByCore {
  const found: FilesByCore = new Map();
  for (const file of files) {
    const core = coreOf(file.stem, part);
    if (rules.exclude.covers(`${domain}/${core ?? file.stem}`)) {
      rules.passedOver.add(part.label, "left out by `exclude`", nameOf(file));
      continue;
    }
    // No core begins with a zero byte: a file of another naming stays without partner.
    const key = core ?? `\0${file.stem}`;
    const other = found.get(key);
    if (other !== undefined) throw filesMeet(file, other, rules);
    found.set(key, file);
  }
  return found;
}

function isComposed(file: ListedPicture): boolean {
  return file.spelled === file.stem;
}

function nameOf(file: ListedPicture): string {
  return `${file.stem}.${file.ending}`;
}
