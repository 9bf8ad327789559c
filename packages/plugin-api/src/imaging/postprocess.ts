import type { Mask } from "./image.js";

/** Cleans a predicted mask. */
export interface Postprocess {
  apply(mask: Mask): Mask;
}
