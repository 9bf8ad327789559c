import type { Mask } from "./image.js";

/**
 * Cleans a predicted mask.
 * @example
 * ```ts
 * import type { Postprocess } from "@eosin/plugin-api/imaging";
 *
 * // Takes the outermost pixels away, where networks see least.
 * export function withoutRim(pixels: number): Postprocess {
 *   return {
 *     apply({ width, height, data }) {
 *       const inside = (i: number) => {
 *         const [x, y] = [i % width, Math.floor(i / width)];
 *         return Math.min(x, y, width - 1 - x, height - 1 - y) >= pixels;
 *       };
 *       return { width, height, data: data.map((value, i) => (inside(i) ? value : 0)) };
 *     },
 *   };
 * }
 * ```
 */
export interface Postprocess {
  /**
   * @param mask 0/1, not edited.
   * @returns 0/1, of the same size; the mask itself where nothing changes.
   */
  apply(mask: Mask): Mask;
}
