import { nearestWhole } from "./whole";

// One channel of RGB bytes, resampled: along each row first, then over the rows that this made.

/**
 * Weighs, for each of `columns` values, `taps` bytes of a channel: their places are at `places` (i32, in bytes from
 * `from`), their weights (f32) at `weights`, `taps` of each a column. Writes f32.
 */
export function resampleAlong(from: usize, places: usize, weights: usize, taps: i32, to: usize, columns: i32): void {
  for (const end = to + <usize>columns * 4; to < end; to += 4) {
    let sum: f32 = 0;
    for (let tap = 0; tap < taps; tap++, places += 4, weights += 4) {
      sum += <f32>load<u8>(from + <usize>load<i32>(places)) * load<f32>(weights);
    }
    store<f32>(to, sum);
  }
}

/**
 * Weighs `taps` rows of f32, whose addresses are at `rows` (i32) and weights (f32) at `weights`; to the nearest byte, every
 * third byte from `to` on.
 */
export function resampleOver(rows: usize, weights: usize, taps: i32, to: usize, columns: i32): void {
  let column: usize = 0;
  const whole = <usize>columns & ~3;
  for (; column < whole; column += 4, to += 12) {
    const levels = levelsAt(rows, weights, taps, column << 2);
    store<u8>(to, <u8>i32x4.extract_lane(levels, 0));
    store<u8>(to, <u8>i32x4.extract_lane(levels, 1), 3);
    store<u8>(to, <u8>i32x4.extract_lane(levels, 2), 6);
    store<u8>(to, <u8>i32x4.extract_lane(levels, 3), 9);
  }
  if (column === <usize>columns) return;
  const levels = levelsAt(rows, weights, taps, column << 2);
  const rest = <usize>columns - column;
  store<u8>(to, <u8>i32x4.extract_lane(levels, 0));
  if (rest > 1) store<u8>(to, <u8>i32x4.extract_lane(levels, 1), 3);
  if (rest > 2) store<u8>(to, <u8>i32x4.extract_lane(levels, 2), 6);
}

// @ts-ignore: decorator
@inline
function levelsAt(rows: usize, weights: usize, taps: i32, at: usize): v128 {
  let sum = f32x4.splat(0);
  for (let tap: usize = 0; tap < <usize>taps; tap++) {
    const row = <usize>load<i32>(rows + (tap << 2));
    sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load32_splat(weights + (tap << 2))));
  }
  const cut = f32x4.max(f32x4.splat(0), f32x4.min(f32x4.splat(255), sum));
  return nearestWhole(cut);
}
