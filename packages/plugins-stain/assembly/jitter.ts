import { lanes, SOURCE, SUMS, TABLE } from "./layout";
import { blues, cut, greens, reds, storePixels, storeTwelve } from "./pixels";
import { addIntegersToSum } from "./sums";

// Changes of SOURCE in place, one behind the other; only `sumChannels` minds what follows the last pixel.

/** Each byte by a table of 256 bytes. */
export function mapSource(bytes: i32): void {
  for (let p = SOURCE, end = SOURCE + <usize>bytes; p < end; p += 8) {
    const word = load<u64>(p);
    store<u8>(p, mapped(word));
    store<u8>(p, mapped(word >> 8), 1);
    store<u8>(p, mapped(word >> 16), 2);
    store<u8>(p, mapped(word >> 24), 3);
    store<u8>(p, mapped(word >> 32), 4);
    store<u8>(p, mapped(word >> 40), 5);
    store<u8>(p, mapped(word >> 48), 6);
    store<u8>(p, mapped(word >> 56), 7);
  }
}

// @ts-ignore: decorator
@inline
function mapped(word: u64): u8 {
  return load<u8>(<usize>word & 255, TABLE);
}

/** Each channel moves about the pixel's luma, not rounded, by a factor (parameter 0). To the nearest byte. */
export function saturate(pixels: i32): void {
  const factor = lanes(0);
  for (let p = SOURCE, end = SOURCE + <usize>pixels * 3; p < end; p += 12) {
    const rgb = v128.load(p);
    const r = f32x4.convert_i32x4_s(reds(rgb));
    const g = f32x4.convert_i32x4_s(greens(rgb));
    const b = f32x4.convert_i32x4_s(blues(rgb));
    const luma = f32x4.mul(thousandths(r, g, b), f32x4.splat(0.001));
    storePixels(p, moved(r, luma, factor), moved(g, luma, factor), moved(b, luma, factor));
  }
}

// @ts-ignore: decorator
@inline
function moved(v: v128, luma: v128, factor: v128): v128 {
  const to = f32x4.add(f32x4.add(luma, f32x4.splat(0.5)), f32x4.mul(f32x4.sub(v, luma), factor));
  return cut(f32x4.pmin(f32x4.splat(255), f32x4.pmax(f32x4.splat(0), to)));
}

/** Each pixel's luma to the nearest byte, in all channels. */
export function grey(pixels: i32): void {
  for (let p = SOURCE, end = SOURCE + <usize>pixels * 3; p < end; p += 12) {
    const rgb = v128.load(p);
    const r = f32x4.convert_i32x4_s(reds(rgb));
    const g = f32x4.convert_i32x4_s(greens(rgb));
    const b = f32x4.convert_i32x4_s(blues(rgb));
    // Exact: the sum is a whole number below 2²⁴, and 0.001 is a little more than that in single precision.
    const level = cut(f32x4.mul(f32x4.add(thousandths(r, g, b), f32x4.splat(500)), f32x4.splat(0.001)));
    storeTwelve(p, v128.shuffle<i8>(level, level, 0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12, 0, 0, 0, 0));
  }
}

/** Luma (ITU-R BT.601) by 1000: a whole number. */
// @ts-ignore: decorator
@inline
function thousandths(r: v128, g: v128, b: v128): v128 {
  const warm = f32x4.add(f32x4.mul(r, f32x4.splat(299)), f32x4.mul(g, f32x4.splat(587)));
  return f32x4.add(warm, f32x4.mul(b, f32x4.splat(114)));
}

/** Adds to the first three sums all reds, greens and blues. */
export function sumChannels(pixels: i32): void {
  let r = i32x4.splat(0), g = r, b = r;
  let p = SOURCE;
  for (let end = SOURCE + <usize>(pixels & ~3) * 3; p < end; p += 12) {
    const rgb = v128.load(p);
    r = i32x4.add(r, reds(rgb));
    g = i32x4.add(g, greens(rgb));
    b = i32x4.add(b, blues(rgb));
  }
  addIntegersToSum(0, r);
  addIntegersToSum(1, g);
  addIntegersToSum(2, b);
  for (let rest = pixels & 3; rest > 0; rest--, p += 3) {
    store<f64>(SUMS, load<f64>(SUMS) + <f64>load<u8>(p));
    store<f64>(SUMS, load<f64>(SUMS, 8) + <f64>load<u8>(p, 1), 8);
    store<f64>(SUMS, load<f64>(SUMS, 16) + <f64>load<u8>(p, 2), 16);
  }
}
