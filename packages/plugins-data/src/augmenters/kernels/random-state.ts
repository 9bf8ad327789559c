import type { Rng } from "@eosin/plugin-api";
import type { AugmentKernels } from "./augment-kernels.js";

/** Of the four generators of random words that the kernels run side by side. */
export const STATE_BYTES = 64;

/** Draws the state of the kernels' generators: what they give depends on the key of `rng` alone. */
export function drawState({ words }: AugmentKernels, at: number, rng: Rng): void {
  for (let i = 0; i < STATE_BYTES / 4; i++) words[(at >> 2) + i] = rng.integer(2 ** 32);
}
