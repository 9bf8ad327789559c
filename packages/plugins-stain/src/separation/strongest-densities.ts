import { stainKernels } from "../kernels/stain-kernels.js";
import { selectByBrackets } from "./bracketed-selection.js";
import { collectPass, SAMPLE_CAPACITY, samplePixels } from "./collect-pass.js";
import { coefficientsOf, type DensitySource, prepareDensities } from "./density-source.js";
import { rankOf } from "./percentile.js";
import { solveTwoAtomLasso, solveTwoAtoms } from "./two-atom-lasso.js";

/** The percentile that stands for a stain's strongest densities, in all published codes. */
const STRONGEST = 99;

/** @returns The 99th percentile over all pixels of each stain's densities, haematoxylin first; exact, in single precision. */
export function strongestDensities(rgb: Uint8Array, source: DensitySource): readonly [number, number] {
  const kernels = stainKernels();
  const count = rgb.length / 3;
  const rank = rankOf(STRONGEST, count);
  prepareDensities(kernels, source);
  const pass = collectPass(rgb, source.solver === "sparse" ? "collectDensities" : "collectSignedDensities");
  const both = selectByBrackets([rank, rank], sampleDensities(rgb, source), count, pass);
  const [haematoxylin, eosin] = both.map(([low, next, rest]) => low + (next - low) * rest);
  return [haematoxylin, eosin];
}

function sampleDensities(rgb: Uint8Array, source: DensitySource): [Float32Array, Float32Array] {
  const lasso = coefficientsOf(source);
  const { opticalDensity } = source;
  const solve = source.solver === "sparse" ? solveTwoAtomLasso : solveTwoAtoms;
  const first = new Float32Array(SAMPLE_CAPACITY);
  const second = new Float32Array(SAMPLE_CAPACITY);
  let count = 0;
  samplePixels(rgb, (red, green, blue) => {
    const [h, e] = solve(lasso, [opticalDensity[red], opticalDensity[green], opticalDensity[blue]]);
    first[count] = h;
    second[count++] = e;
  });
  return [first.subarray(0, count), second.subarray(0, count)];
}
