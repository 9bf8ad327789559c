import { lanes, SOURCE, TARGET } from "./layout";
import { blues, greens, reds, storePixels } from "./pixels";
import { addIntegersToSum } from "./sums";

// OpenCV's 8-bit HSV: hue 0…179, integer steps of 1/4096. Its tables of rounded quotients are divided out here: a quotient
// of whole numbers is at least 1/510 from a tie, which single precision tells, or on it.

/** 1.5 · 2²³: from here on the last place is 1, and adding rounds to the nearest whole number, ties to even. */
const WHOLE: f32 = 12582912;
/** Its bits without the last twelve. */
const WHOLE_BITS: i32 = 0x4b400;
/** Half of 4096 added: what is cut off its end is then rounded. */
const WHOLE_AND_HALF: f32 = 12582912 + 2048;

/** SOURCE (RGB) → TARGET (8-bit HSV). Adds to the sums: 0…2 of h, s, v; 3…5 of their squares. */
export function hsvForward(pixels: i32): void {
  let h1 = i32x4.splat(0), s1 = h1, v1 = h1, h2 = h1, s2 = h1, v2 = h1;
  for (let p: usize = 0, end = <usize>pixels * 3; p < end; p += 12) {
    const rgb = v128.load(SOURCE + p);
    const r = reds(rgb), g = greens(rgb), b = blues(rgb);
    const h = hue(r, g, b), s = saturation(r, g, b), v = value(r, g, b);
    h1 = i32x4.add(h1, h);
    s1 = i32x4.add(s1, s);
    v1 = i32x4.add(v1, v);
    h2 = i32x4.add(h2, i32x4.dot_i16x8_s(h, h));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(s, s));
    v2 = i32x4.add(v2, i32x4.dot_i16x8_s(v, v));
    storePixels(TARGET + p, h, s, v);
  }
  addIntegersToSum(0, h1);
  addIntegersToSum(1, s1);
  addIntegersToSum(2, v1);
  addIntegersToSum(3, h2);
  addIntegersToSum(4, s2);
  addIntegersToSum(5, v2);
}

// Of four pixels whose channels are i32 of 0…255; so is what is returned.

// @ts-ignore: decorator
@inline
export function value(r: v128, g: v128, b: v128): v128 {
  return i32x4.max_s(r, i32x4.max_s(g, b));
}

// @ts-ignore: decorator
@inline
export function saturation(r: v128, g: v128, b: v128): v128 {
  return inUnits(chroma(r, g, b), value(r, g, b), 255 * 4096);
}

/** 0…179 */
// @ts-ignore: decorator
@inline
export function hue(r: v128, g: v128, b: v128): v128 {
  const most = value(r, g, b), spread = chroma(r, g, b);
  const ofGreen = i32x4.add(i32x4.sub(b, r), i32x4.shl(spread, 1));
  const ofBlue = i32x4.add(i32x4.sub(r, g), i32x4.shl(spread, 2));
  const other = v128.bitselect(ofGreen, ofBlue, i32x4.eq(most, g));
  const along = v128.bitselect(i32x4.sub(g, b), other, i32x4.eq(most, r));
  const turned = inUnits(along, spread, 30 * 4096);
  return i32x4.add(turned, v128.and(i32x4.shr_s(turned, 31), i32x4.splat(180)));
}

// @ts-ignore: decorator
@inline
function chroma(r: v128, g: v128, b: v128): v128 {
  return i32x4.sub(value(r, g, b), i32x4.min_s(r, i32x4.min_s(g, b)));
}

/** part · (unit / whole, rounded) by 4096, to the nearest whole number. Where `whole` is 0, `part` is too. */
// @ts-ignore: decorator
@inline
function inUnits(part: v128, whole: v128, unit: f32): v128 {
  const divisor = f32x4.convert_i32x4_s(i32x4.max_s(whole, i32x4.splat(1)));
  const rounding = f32x4.splat(WHOLE);
  const quotient = f32x4.sub(f32x4.add(f32x4.div(f32x4.splat(unit), divisor), rounding), rounding);
  const product = f32x4.mul(f32x4.convert_i32x4_s(part), quotient);
  return i32x4.sub(i32x4.shr_s(f32x4.add(product, f32x4.splat(WHOLE_AND_HALF)), 12), i32x4.splat(WHOLE_BITS));
}
