import type { JsonValue } from "../json.js";
import type { RgbImage } from "./image.js";
import type { Sample } from "./sample.js";

/**
 * Maps images to a reference appearance. Deterministic; done once an image, before any augmentation.
 * @example
 * ```ts
 * import type { Normalizer } from "@eosin/plugin-api/imaging";
 *
 * // Scales each picture to the mean grey level of the training part, which is the state that `fit` returned.
 * export function sameLight(state?: unknown): Normalizer {
 *   const meanOf = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
 *   return {
 *     async fit(samples) {
 *       const means: number[] = [];
 *       for await (const { image } of samples) means.push(meanOf(image.data));
 *       return means.reduce((sum, mean) => sum + mean, 0) / Math.max(1, means.length);
 *     },
 *     normalize({ width, height, data }) {
 *       const factor = Number(state) / Math.max(1, meanOf(data));
 *       return { width, height, data: data.map((value) => Math.min(255, Math.round(value * factor))) };
 *     },
 *   };
 * }
 * ```
 */
export interface Normalizer {
  /** Chooses or measures the target from the training part. @returns Plain JSON, given to `create` as `state`. */
  fit?(samples: AsyncIterable<Sample>): Promise<JsonValue>;
  /**
   * @param image Not edited.
   * @param name For the log, e.g. the id of the sample.
   * @returns A new image, or the one that came in where it cannot be normalised (said through the log, see `Fallback`).
   */
  normalize(image: RgbImage, name: string): RgbImage;
}
