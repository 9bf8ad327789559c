import { exp4, sigmoid4 } from "./sigmoid";

/** The activations that a kernel may apply in its own pass; the same numbers stand in its TypeScript binding. */
export const NONE: i32 = 0;
export const RELU: i32 = 1;
export const SILU: i32 = 2;
export const RELU6: i32 = 3;
/** Of the slope that is given beside it; the others have none. */
export const LEAKY_RELU: i32 = 4;

// @ts-ignore: decorator
@inline
export function activate(z: v128, activation: i32, slope: v128): v128 {
  if (activation == RELU) return f32x4.pmax(z, f32x4.splat(0)); // keeps NaN
  if (activation == RELU6) return f32x4.pmin(f32x4.pmax(z, f32x4.splat(0)), f32x4.splat(6));
  if (activation == SILU) return f32x4.mul(z, sigmoid4(z));
  if (activation == LEAKY_RELU) return leaky(z, z, slope);
  return z;
}

/** dy · act′(z); where ReLU and ReLU6 bend the derivative is 0, where the leaky one does it is the slope. */
// @ts-ignore: decorator
@inline
export function activationGradient(dy: v128, z: v128, activation: i32, slope: v128): v128 {
  if (activation == RELU) return v128.and(dy, f32x4.gt(z, f32x4.splat(0)));
  if (activation == RELU6) {
    return v128.and(dy, v128.and(f32x4.gt(z, f32x4.splat(0)), f32x4.lt(z, f32x4.splat(6))));
  }
  if (activation == SILU) {
    // With e = exp(−z) and s = 1/(1 + e), 1 − s is e·s: no digits cancel where s is near 1.
    const one = f32x4.splat(1);
    const e = exp4(f32x4.neg(z));
    const s = f32x4.div(one, f32x4.add(one, e));
    return f32x4.mul(dy, f32x4.mul(s, f32x4.add(one, f32x4.mul(z, f32x4.mul(e, s)))));
  }
  if (activation == LEAKY_RELU) return leaky(dy, z, slope);
  return dy;
}

/** x where z is above 0, else slope · x. */
// @ts-ignore: decorator
@inline
function leaky(x: v128, z: v128, slope: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(z, f32x4.splat(0)));
}
