// The two-atom lasso without branches: where an unconstrained coefficient is negative, the other atom alone is best.

/** max(0, a + min(0, b)·G₁₂/G₁₁) */
// @ts-ignore: decorator
@inline
export function firstCoefficient(a: v128, b: v128, share: v128): v128 {
  const zero = f32x4.splat(0);
  return f32x4.pmax(zero, f32x4.add(f32x4.mul(share, f32x4.pmin(zero, b)), a));
}

/** max(0, b + min(0, a)·G₁₂/G₂₂) */
// @ts-ignore: decorator
@inline
export function secondCoefficient(a: v128, b: v128, share: v128): v128 {
  return firstCoefficient(b, a, share);
}
