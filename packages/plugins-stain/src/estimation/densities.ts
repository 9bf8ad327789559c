import { stainKernels } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip } from "../pixel-kernels/strips.js";
import { type DensitySource, prepareDensities } from "./density-source.js";

/**
 * Densities of every pixel, in single precision.
 * @param rgb Interleaved bytes.
 * @returns Two values a pixel, haematoxylin first.
 */
export function measureDensities(rgb: Uint8Array, source: DensitySource): Float32Array {
  const kernels = stainKernels();
  const { floats, at, run } = kernels;
  prepareDensities(kernels, source);
  const kernel = source.solver === "sparse" ? run.densities : run.signedDensities;
  const densities = new Float32Array((2 * rgb.length) / 3);
  const start = at.VALUES >> 2;
  forEachStrip(kernels, rgb, (pixels, first) => {
    kernel(pixels);
    densities.set(floats.subarray(start, start + 2 * pixels), 2 * first);
  });
  return densities;
}
