import type { JsonValue } from "../json.js";
import type { Rng } from "../random/rng.js";
import type { Sample } from "./sample.js";

/**
 * Perturbs training samples. Built inside the worker from (plugin, type, options, state), so it may hold buffers but
 * nothing that must be shared. Same sample, same rng key: same output.
 * @example
 * ```ts
 * import type { Augmenter } from "@eosin/plugin-api/imaging";
 *
 * // The picture gets brighter or darker; mask and densities stay, as nothing moves.
 * export function brightness(spread: number): Augmenter {
 *   return {
 *     apply(sample, rng) {
 *       const factor = rng.between(1 - spread, 1 + spread);
 *       const data = sample.image.data.map((value) => Math.min(255, Math.round(value * factor)));
 *       return { ...sample, image: { ...sample.image, data } };
 *     },
 *   };
 * }
 * ```
 */
export interface Augmenter {
  /** Whether it sets `density` on every sample, also where the dataset has none: a loss may then ask for densities. */
  readonly givesDensity?: boolean;
  /**
   * How many stains those densities tell apart. Where it tells, a network of another number is refused while planning;
   * else when the training starts.
   */
  readonly densityStains?: number;
  /**
   * Learns from the training part of the fold, where the method needs it (a template of colour statistics).
   * Only present where there is something to learn.
   * @returns Plain JSON, given to `create` as `state`.
   */
  fit?(samples: AsyncIterable<Sample>): Promise<JsonValue>;
  /**
   * @param sample Only looked at while this runs: its arrays may hold another sample afterwards.
   * @returns A new sample, or the one that came in; never one that was edited in place.
   */
  apply(sample: Sample, rng: Rng): Sample;
  /**
   * As `apply`, cropped to `window`: what a turn or shrinking brings in comes from the picture around it, not from its
   * reflection. Without it the sample is cropped first.
   */
  applyWithin?(sample: Sample, window: CropWindow, rng: Rng): Sample;
}

/** A rectangle of a sample that is kept, in its pixels. */
export interface CropWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
