import type { DensityMap, Mask, RgbImage } from "./image.js";

/** What was done to a file's values to make an image of them, in words; the same words for equal treatment. */
export interface ReadingRemark {
  /** Without the file's name: `profile Display P3 converted to sRGB`. */
  readonly message: string;
  /** Set where the image is probably not what was meant, e.g. because values were cut. */
  readonly doubtful?: boolean;
}

/** A patch with everything that belongs to it; geometry moves all of it together. Never edited in place. */
export interface Sample {
  readonly id: string;
  /** Where it comes from, e.g. the scanner. */
  readonly domain: string;
  readonly image: RgbImage;
  readonly mask?: Mask;
  readonly density?: DensityMap;
  /** Where its reader has something to say. */
  readonly remarks?: readonly ReadingRemark[];
}
