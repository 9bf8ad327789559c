import type { AugmentKernels } from "../kernels/augment-kernels.js";

/** Bytes of 3 × 256 counts. */
export const COUNTS_BYTES = 3072;

/**
 * How often red, green and blue have each level.
 * @param image Where the kernels have the pixels. @param at Where they keep the counts.
 * @returns 256 counts a channel; a view that stays until memory is reserved again.
 */
export function countLevels({ run, words }: AugmentKernels, image: number, pixels: number, at: number): Uint32Array {
  const counts = words.subarray(at >> 2, (at + COUNTS_BYTES) >> 2);
  counts.fill(0);
  run.countLevels(image, pixels, at);
  return counts;
}
