import { dot, type StainMatrix } from "./stain-matrix.js";

/**
 * The solution of min ½‖x − Mᵀα‖² + λ‖α‖₁, α ≥ 0, for two atoms with a non-negative inner product, in closed form:
 * u = G⁻¹(Mx − λ) with G = MMᵀ; where a coefficient of u is negative, the other atom alone is best:
 * α₁ = max(0, u₁ + min(0, u₂)·G₁₂/G₁₁), and symmetrically.
 */
export interface TwoAtomLasso {
  /** u₁ = first · x + firstOffset */
  readonly first: readonly [number, number, number];
  readonly firstOffset: number;
  readonly second: readonly [number, number, number];
  readonly secondOffset: number;
  /** G₁₂/G₁₁ */
  readonly firstShare: number;
  /** G₁₂/G₂₂ */
  readonly secondShare: number;
}

/** @param atoms Rows, linearly independent; unit length is not needed. */
export function twoAtomLasso(atoms: StainMatrix, lambda: number): TwoAtomLasso {
  const [a, b] = atoms;
  const aa = dot(a, a);
  const ab = dot(a, b);
  const bb = dot(b, b);
  const determinant = aa * bb - ab * ab;
  const row = (k: number) => (bb * a[k] - ab * b[k]) / determinant;
  const otherRow = (k: number) => (aa * b[k] - ab * a[k]) / determinant;
  return {
    first: [row(0), row(1), row(2)],
    firstOffset: (-lambda * (bb - ab)) / determinant,
    second: [otherRow(0), otherRow(1), otherRow(2)],
    secondOffset: (-lambda * (aa - ab)) / determinant,
    firstShare: ab / aa,
    secondShare: ab / bb,
  };
}

/** The coefficients of one point: the definition that the loops over images are tested against. */
export function solveTwoAtomLasso(lasso: TwoAtomLasso, x: readonly [number, number, number]): [number, number] {
  const [u, v] = solveTwoAtoms(lasso, x);
  return [Math.max(0, u + Math.min(0, v) * lasso.firstShare), Math.max(0, v + Math.min(0, u) * lasso.secondShare)];
}

/** The unconstrained coefficients of one point; least squares where λ is 0. */
export function solveTwoAtoms(lasso: TwoAtomLasso, x: readonly [number, number, number]): [number, number] {
  return [dot(lasso.first, x) + lasso.firstOffset, dot(lasso.second, x) + lasso.secondOffset];
}
