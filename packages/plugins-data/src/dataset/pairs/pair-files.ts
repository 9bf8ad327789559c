import { EosinError } from "@eosin/plugin-api";
import { listImages } from "./folder-listing.js";

/** An image and its mask on disk. */
export interface FilePair {
  /** `<domain>/<stem of the image>` */
  readonly id: string;
  readonly domain: string;
  readonly image: string;
  readonly mask: string;
}

export interface PairFolders {
  readonly domain: string;
  readonly image: string;
  readonly mask: string;
  /** What follows the image's stem in the mask's name, e.g. `_mask`. */
  readonly maskSuffix?: string;
}

/**
 * Pairs the images of a folder with masks of the same stem, sorted by stem.
 * @throws EosinError `FOLDER_MISSING`, `MASK_MISSING`, `IMAGE_MISSING`, `SAMPLE_DUPLICATE`.
 */
export async function pairFiles(folders: PairFolders, next: string): Promise<FilePair[]> {
  const { domain, maskSuffix = "" } = folders;
  const [images, masks] = await Promise.all([listImages(folders.image, next), listImages(folders.mask, next)]);
  const pairs: FilePair[] = [];
  for (const [stem, image] of images) {
    const mask = masks.get(stem + maskSuffix);
    if (mask === undefined) {
      throw new EosinError({
        code: "MASK_MISSING",
        message: "The image has no mask.",
        place: image,
        expected: `${stem}${maskSuffix} (png, jpg or tif) in ${folders.mask}`,
        found: `${masks.size} masks of other names`,
        next: "Add the mask, or move the image out of the folder.",
      });
    }
    masks.delete(stem + maskSuffix);
    pairs.push({ id: `${domain}/${stem}`, domain, image, mask });
  }
  for (const mask of masks.values()) {
    throw new EosinError({
      code: "IMAGE_MISSING",
      message: "The mask has no image.",
      place: mask,
      expected: `an image of the same name in ${folders.image}`,
      next: "Add the image, or move the mask out of the folder.",
    });
  }
  return pairs;
}
