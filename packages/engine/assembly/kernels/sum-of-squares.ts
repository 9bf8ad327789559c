import { loadLanes } from "../lanes";

/** Σx² over n values, added up in double precision; written to `sum` as one float. */
export function sumOfSquares(x: usize, sum: usize, n: i32): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  // Four sums that do not wait for each other.
  for (; n >= 8; n -= 8, x += 32) {
    const first = v128.load(x);
    const second = v128.load(x, 16);
    a = f64x2.add(a, lowSquares(first));
    b = f64x2.add(b, highSquares(first));
    c = f64x2.add(c, lowSquares(second));
    d = f64x2.add(d, highSquares(second));
  }
  for (; n > 0; n -= 4, x += 16) {
    const rest = loadLanes(x, min(4, n));
    a = f64x2.add(a, lowSquares(rest));
    b = f64x2.add(b, highSquares(rest));
  }
  const all = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  store<f32>(sum, <f32>(f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1)));
}

// @ts-ignore: decorator
@inline
function lowSquares(x: v128): v128 {
  const wide = f64x2.promote_low_f32x4(x);
  return f64x2.mul(wide, wide);
}

// @ts-ignore: decorator
@inline
function highSquares(x: v128): v128 {
  const wide = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return f64x2.mul(wide, wide);
}
