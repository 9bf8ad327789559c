import { stainKernels } from "../pixel-kernels/stain-kernels.js";
import { rankOf } from "../statistics/percentile.js";
import { selectByBrackets } from "./bracketed-selection.js";
import { collectPass, samplePixels } from "./collect-pass.js";
import { type DensitySource, prepareDensities } from "./density-source.js";

/** The percentile that stands for a stain's strongest densities, in all published codes. */
const STRONGEST = 99;

/** @returns The 99th percentile over all pixels of each stain's densities, haematoxylin first; exact, in single precision. */
export function strongestDensities(rgb: Uint8Array, source: DensitySource): readonly [number, number] {
  const kernels = stainKernels();
  const count = rgb.length / 3;
  const rank = rankOf(STRONGEST, count);
  prepareDensities(kernels, source);
  const kernel = source.solver === "sparse" ? "collectDensities" : "collectSignedDensities";
  const sample = collectPass(samplePixels(rgb), kernel);
  const both = selectByBrackets([rank, rank], count, sample, collectPass(rgb, kernel));
  const [haematoxylin, eosin] = both.map(([low, next, rest]) => low + (next - low) * rest);
  return [haematoxylin, eosin];
}
