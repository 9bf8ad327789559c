import { SUMS } from "./layout";

/** Adds the four lanes to the sum at `index`, in double precision. */
// @ts-ignore: decorator
@inline
export function addToSum(index: usize, v: v128): void {
  const at = SUMS + (index << 3);
  const low = <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1);
  const high = <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3);
  store<f64>(at, load<f64>(at) + (low + high));
}

/** The same of whole numbers. */
// @ts-ignore: decorator
@inline
export function addIntegersToSum(index: usize, v: v128): void {
  const at = SUMS + (index << 3);
  const low = <f64>i32x4.extract_lane(v, 0) + <f64>i32x4.extract_lane(v, 1);
  const high = <f64>i32x4.extract_lane(v, 2) + <f64>i32x4.extract_lane(v, 3);
  store<f64>(at, load<f64>(at) + (low + high));
}
