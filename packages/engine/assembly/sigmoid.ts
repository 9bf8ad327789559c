/**
 * e^x to 2 units in the last place, for x clamped to ±87: x = n·ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts so that
 * r is exact, and the minimax polynomial of Cephes' expf for e^r. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(87));
  // Adding 1.5·2²³ rounds to an integer, which then lies in the low bits; 127 more makes it a float's exponent.
  const magic = f32x4.splat(12583039);
  const z = f32x4.add(f32x4.mul(clamped, f32x4.splat(1.44269504)), magic);
  const n = f32x4.sub(z, magic);
  const coarse = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(coarse, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1)));
  return f32x4.mul(p, i32x4.shl(z, 23));
}

/** 1 / (1 + e^−x) */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}
