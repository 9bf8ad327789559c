import { exp4, sigmoid4 } from "./sigmoid";

/** The activations that a kernel may apply in its own pass; the same numbers stand in its TypeScript binding. */
export const NONE: i32 = 0;
export const RELU: i32 = 1;
export const SILU: i32 = 2;
export const RELU6: i32 = 3;

// @ts-ignore: decorator
@inline
export function activate(z: v128, activation: i32): v128 {
  if (activation == RELU) return f32x4.pmax(z, f32x4.splat(0)); // keeps NaN
  if (activation == RELU6) return f32x4.pmin(f32x4.pmax(z, f32x4.splat(0)), f32x4.splat(6));
  if (activation == SILU) return f32x4.mul(z, sigmoid4(z));
  return z;
}

/** dy · act′(z); where ReLU and ReLU6 bend the derivative is 0. */
// @ts-ignore: decorator
@inline
export function activationGradient(dy: v128, z: v128, activation: i32): v128 {
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
  return dy;
}
