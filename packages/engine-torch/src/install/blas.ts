import type { BlasLibrary } from "./installation.js";

/** Debian's package of a BLAS that computes on the threads that libtorch computes with. */
export const fastBlas = "libopenblas0-openmp";

/**
 * What to do about the BLAS that Debian's libtorch brings without more: the reference, written to be read. A training step
 * of EfficientNet-Lite0 takes three times as long with it.
 * @returns Nothing where another one is there, or libtorch has its own.
 */
export function adviceOnBlas(blas?: BlasLibrary): string | undefined {
  if (!blas?.name.startsWith("libblas.so")) return undefined;
  return `the reference BLAS (${blas.name}), several times slower than ${fastBlas}: apt-get install ${fastBlas}, then pipe engine install torch`;
}
