/**
 * One prediction and its truth, flattened. All arrays have the same length, 1 at least. Pixels whose truth is ignored were
 * left out before; of a patch that holds no others, every figure is undefined, and no metric is asked.
 */
export interface JudgedPixels {
  /** 0/1 */
  readonly truth: Uint8Array;
  /** 0/1, after threshold and post-processing */
  readonly prediction: Uint8Array;
  /** 0…1 */
  readonly probability: Float32Array;
}

/**
 * Implementation of the kind `metric`.
 * @example
 * ```ts
 * import type { Metric } from "@eosin/plugin-api/learning";
 *
 * // Intersection over union; undefined where neither truth nor prediction has foreground.
 * export const iou: Metric = {
 *   higherIsBetter: true,
 *   measure({ truth, prediction }) {
 *     let [both, either] = [0, 0];
 *     for (const [i, label] of truth.entries()) {
 *       both += label & prediction[i];
 *       either += label | prediction[i];
 *     }
 *     return both / either; // 0 / 0 is NaN
 *   },
 * };
 * ```
 */
export interface Metric {
  /** @returns The figure; NaN where it is undefined (AUROC of a patch without tumour): means leave it out and say how many. */
  measure(pixels: JudgedPixels): number;
  readonly higherIsBetter: boolean;
}
