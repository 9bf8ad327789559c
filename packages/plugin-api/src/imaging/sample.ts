import type { DensityMap, Mask, RgbImage } from "./image.js";

/** A patch with everything that belongs to it; geometry moves all of it together. Never edited in place. */
export interface Sample {
  readonly id: string;
  /** Where it comes from, e.g. the scanner. */
  readonly domain: string;
  readonly image: RgbImage;
  readonly mask?: Mask;
  readonly density?: DensityMap;
}
