import { nearestName } from "@eosin/plugin-api";

/** What folders of images are called, the likeliest first. */
const IMAGE_NAMES = [
  ...["image", "images", "img", "imgs", "im", "patch", "patches", "tile", "tiles", "picture", "pictures"],
  ...["rgb", "he", "h&e", "input", "inputs", "original", "originals", "raw", "src", "source", "data", "x"],
];
const MASK_NAMES = [
  ...["mask", "masks", "msk", "label", "labels", "annotation", "annotations", "annot", "gt", "groundtruth"],
  ...["ground_truth", "ground-truth", "truth", "seg", "segs", "segmentation", "segmentations", "target", "targets"],
  ...["manual", "binary", "output", "y"],
];

/** The folders that most likely hold images and masks: those asked for, else names near to them, else usual ones. */
export function likelyFolders(
  names: readonly string[],
  { imageFolder, maskFolder }: { readonly imageFolder: string; readonly maskFolder: string },
): { readonly image?: string; readonly mask?: string } {
  const image = likely(names, imageFolder, IMAGE_NAMES, MASK_NAMES);
  const mask = likely(
    names.filter((each) => each !== image),
    maskFolder,
    MASK_NAMES,
    IMAGE_NAMES,
  );
  return { image, mask };
}

function likely(
  names: readonly string[],
  wanted: string,
  usual: readonly string[],
  ofOther: readonly string[],
): string | undefined {
  if (names.includes(wanted)) return wanted;
  const open = names.filter((each) => !ofOther.includes(each.toLowerCase()));
  const near = nearestName(wanted, open);
  if (near !== undefined) return near;
  for (const each of usual) {
    const found = open.find((name) => name.toLowerCase() === each);
    if (found !== undefined) return found;
  }
  return undefined;
}
