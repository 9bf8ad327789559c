/**
 * 2^t for −100 ≤ t ≤ 100 within a relative 2e-7: t is split into a whole number, which goes into the exponent, and a rest
 * of at most ½, whose power is a minimax polynomial of degree 5 (by Estrin's scheme: short chains of dependencies).
 */
// @ts-ignore: decorator
@inline
export function exp2(t: v128): v128 {
  const magic = f32x4.splat(12582912); // 1.5 · 2²³: adding it rounds to a whole number
  const shifted = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(shifted, magic));
  const ff = f32x4.mul(f, f);
  const low = f32x4.add(f32x4.mul(f, f32x4.splat(0.6931469670612151)), f32x4.splat(1.0000000716545698));
  const middle = f32x4.add(f32x4.mul(f, f32x4.splat(0.055507132792903036)), f32x4.splat(0.24022119724211727));
  const high = f32x4.add(f32x4.mul(f, f32x4.splat(0.0013276470120133631)), f32x4.splat(0.009675541319523081));
  const power = f32x4.add(f32x4.mul(ff, f32x4.add(f32x4.mul(ff, high), middle)), low);
  return i32x4.add(power, i32x4.shl(shifted, 23));
}
