import { activate, activationGradient, SILU } from "../activation";
import { loadLanes, storeLanes } from "../lanes";

/** y = x · sigmoid(x) over n floats. */
export function silu(x: usize, y: usize, n: i32): void {
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, activate(v128.load(x), SILU, f32x4.splat(0)));
  if (n > 0) storeLanes(y, activate(loadLanes(x, n), SILU, f32x4.splat(0)), n);
}

/** dx = dy · s·(1 + x·(1 − s)), s = sigmoid(x). */
export function siluGrad(dy: usize, x: usize, dx: usize, n: i32): void {
  for (; n >= 4; n -= 4, dy += 16, x += 16, dx += 16) {
    v128.store(dx, activationGradient(v128.load(dy), v128.load(x), SILU, f32x4.splat(0)));
  }
  if (n > 0) storeLanes(dx, activationGradient(loadLanes(dy, n), loadLanes(x, n), SILU, f32x4.splat(0)), n);
}
