import type { Baseline } from "../baselines/baseline.js";

/** The floor of every overlap measure on this data: whatever does not beat it has learned nothing. */
export const everythingIsTumour: Baseline = {
  title: "everything is tumour",
  fit:
    async () =>
    ({ width, height }) =>
      new Float32Array(width * height).fill(1),
};
