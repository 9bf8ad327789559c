import { writeByteTable } from "../pixel-kernels/byte-tables.js";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { setParameters } from "../pixel-kernels/stain-kernels.js";
import type { StainMatrix } from "./stain-matrix.js";
import type { TissueRule } from "./tissue.js";
import { type TwoAtomLasso, twoAtomLasso } from "./two-atom-lasso.js";

/** Weight of the L1 term when densities are measured (the paper's code, StainTools). */
export const DENSITY_LAMBDA = 0.01;

/** How the densities of a picture's two stains are measured. */
export interface DensitySource {
  /** Of each byte. */
  readonly opticalDensity: Float64Array;
  readonly matrix: StainMatrix;
  /** Sparse and non-negative (the lasso with λ = 0.01), or of either sign by least squares. */
  readonly solver: "sparse" | "least-squares";
}

/** The unconstrained coefficients, and what the lasso makes of negative ones; λ = 0 where they are left as they are. */
export function coefficientsOf({ matrix, solver }: DensitySource): TwoAtomLasso {
  return twoAtomLasso(matrix, solver === "sparse" ? DENSITY_LAMBDA : 0);
}

/** A stain that is scaled away keeps this much, so that its sign still tells. */
const LEAST_SCALE = 1e-9;

/**
 * Lays down the tables and the first two parameters of the kernels that measure densities. A scale of a stain goes into
 * its contributions: c₁·s₁ = max(0, a₁·s₁ + share·(s₁/s₂)·min(0, a₂·s₂)).
 */
export function prepareDensities(
  kernels: StainKernels,
  source: DensitySource,
  { scale = [1, 1], tissue }: { scale?: readonly [number, number]; tissue?: TissueRule } = {},
): void {
  const { opticalDensity } = source;
  const { first, firstOffset, second, secondOffset, firstShare, secondShare } = coefficientsOf(source);
  const h = Math.max(scale[0], LEAST_SCALE);
  const e = Math.max(scale[1], LEAST_SCALE);
  const pair = (channel: number, byte: number) => [
    h * (first[channel] * opticalDensity[byte] + (channel === 0 ? firstOffset : 0)),
    e * (second[channel] * opticalDensity[byte] + (channel === 0 ? secondOffset : 0)),
  ];
  if (tissue) {
    writeByteTable(kernels, 4, (channel, byte) => [...pair(channel, byte), tissue.contribution(channel, byte), 0]);
  } else writeByteTable(kernels, 2, pair);
  setParameters(kernels, [(firstShare * h) / e, (secondShare * e) / h]);
}
