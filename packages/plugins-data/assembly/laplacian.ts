import { addToSum } from "./layout";

/**
 * Adds the Laplacian (4 neighbours) and its squares to the sums, of the pixels that follow those at `above`, `row` and
 * `below`: rows of grey, each with a pixel more on either side.
 */
export function addLaplacian(above: usize, row: usize, below: usize, pixels: i32): void {
  const indices = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  let sum = i32x4.splat(0);
  let squares = sum;
  for (let left = pixels; left > 0; left -= 8, above += 8, row += 8, below += 8) {
    const beside = i16x8.add(v128.load8x8_u(row), v128.load8x8_u(row, 2));
    const aboveAndBelow = i16x8.add(v128.load8x8_u(above, 1), v128.load8x8_u(below, 1));
    const four = i16x8.shl(v128.load8x8_u(row, 1), 2);
    const inside = i16x8.lt_s(indices, i16x8.splat(<i16>min(left, 8)));
    const values = v128.and(i16x8.sub(i16x8.add(beside, aboveAndBelow), four), inside);
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_s(values));
    squares = i32x4.add(squares, i32x4.dot_i16x8_s(values, values));
  }
  addToSum(2, signedTotal(sum));
  addToSum(3, signedTotal(squares));
}

// @ts-ignore: decorator
@inline
function signedTotal(v: v128): f64 {
  const low = <f64>i32x4.extract_lane(v, 0) + <f64>i32x4.extract_lane(v, 1);
  return low + <f64>i32x4.extract_lane(v, 2) + <f64>i32x4.extract_lane(v, 3);
}
