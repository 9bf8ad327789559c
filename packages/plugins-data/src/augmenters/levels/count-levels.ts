import type { AugmentKernels } from "../kernels/augment-kernels.js";

/** What the kernel needs: 3 × 256 counts, and the same again. */
export const COUNTS_BYTES = 6144;

/**
 * How often red, green and blue have each level.
 * @param image Where the kernels have the pixels. @param at Where they keep the counts.
 * @returns 256 counts a channel; a view that stays until memory is reserved again.
 */
export function countLevels({ run, words }: AugmentKernels, image: number, pixels: number, at: number): Uint32Array {
  run.countLevels(image, pixels, at);
  return words.subarray(at >> 2, (at >> 2) + 768);
}
