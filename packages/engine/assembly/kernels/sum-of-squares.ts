import { loadLanes } from "../lanes";

/** Σx² over n values, added up in double precision; written to `sum` as one float. */
export function sumOfSquares(x: usize, sum: usize, n: i32): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; n > 0; n -= 4, x += 16) {
    const lanes = loadLanes(x, min(4, n));
    const first = f64x2.promote_low_f32x4(lanes);
    const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(lanes, lanes, 2, 3, 0, 1));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const both = f64x2.add(low, high);
  store<f32>(sum, <f32>(f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)));
}
