import { IGNORED } from "../imaging/ignored.js";
import type { JudgedPixels } from "./metric.js";

/**
 * The pixels that are judged: all but those whose truth is ignored. May be none.
 * @example
 * ```ts
 * import { countedPixels, type JudgedPixels, type Metric } from "@eosin/plugin-api/learning";
 *
 * // Undefined where nothing counts.
 * export function figureOf(metric: Metric, pixels: JudgedPixels): number {
 *   const counted = countedPixels(pixels);
 *   return counted.truth.length === 0 ? Number.NaN : metric.measure(counted);
 * }
 * ```
 */
export function countedPixels({ truth, prediction, probability }: JudgedPixels): JudgedPixels {
  if (!truth.includes(IGNORED)) return { truth, prediction, probability };
  const counts = (_: number, i: number) => truth[i] !== IGNORED;
  return {
    truth: truth.filter(counts),
    prediction: prediction.filter(counts),
    probability: probability.filter(counts),
  };
}
