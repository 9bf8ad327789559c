import { firstHalves, highPairs, lowPairs, secondHalves } from "./gather";
import { hue, saturation, value } from "./hsv-forward";
import { BLOCK, parameter, SCRATCH, SOURCE, TABLE, TARGET } from "./layout";
import { blues, cut, greens, reds, storeSixteen } from "./pixels";

// HSV → RGB in single precision, toward zero: what OpenCV's vector code does. A colour's channels are three of four levels:
// v, v(1−s), v(1−sf), v(1−s(1−f)), f the hue's place in its sextant. First come the levels of a block's pixels, four at a
// time: 16 bytes in SCRATCH, and the sextants behind them; then the channels, 16 pixels at a time.

/** Bytes of SCRATCH for four pixels. */
const FOUR: usize = 32;

/**
 * SOURCE (8-bit HSV) → TARGET (RGB). Table: 3 × 256 × f32, what a byte of hue is in sextants (0…6, less than 6) and what
 * one of saturation and of value is in 0…1.
 */
export function hsvInverse(pixels: i32): void {
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = SOURCE + at, to = SCRATCH; p < SOURCE + stop; p += 12, to += FOUR) {
      storeLevels(to, tabulated(p, TABLE), tabulated(p + 1, TABLE + 1024), tabulated(p + 2, TABLE + 2048));
    }
    storeColours(TARGET + at, TARGET + stop);
  }
}

/** SOURCE, in place: each pixel's 8-bit hue moves on by parameter 0 (0…179). */
export function turnHue(pixels: i32): void {
  const turn = i32x4.splat(<i32>parameter(0)), circle = i32x4.splat(180);
  const sextant = f32x4.splat(<f32>6 / <f32>180), unit = f32x4.splat(<f32>1 / <f32>255);
  for (let at: usize = SOURCE, end = SOURCE + <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += FOUR) {
      const rgb = v128.load(p);
      const r = reds(rgb), g = greens(rgb), b = blues(rgb);
      const turned = i32x4.add(hue(r, g, b), turn);
      const h = i32x4.sub(turned, v128.and(circle, i32x4.ge_s(turned, circle)));
      storeLevels(
        to,
        f32x4.mul(f32x4.convert_i32x4_s(h), sextant),
        f32x4.mul(f32x4.convert_i32x4_s(saturation(r, g, b)), unit),
        f32x4.mul(f32x4.convert_i32x4_s(value(r, g, b)), unit),
      );
    }
    storeColours(at, stop);
  }
}

// @ts-ignore: decorator
@inline
function tabulated(p: usize, table: usize): v128 {
  let v = v128.load32_zero(((<usize>load<u8>(p)) << 2) + table);
  v = v128.load32_lane(((<usize>load<u8>(p, 3)) << 2) + table, v, 1);
  v = v128.load32_lane(((<usize>load<u8>(p, 6)) << 2) + table, v, 2);
  return v128.load32_lane(((<usize>load<u8>(p, 9)) << 2) + table, v, 3);
}

/** @param h In sextants. @param s 0…1, as v. */
// @ts-ignore: decorator
@inline
function storeLevels(to: usize, h: v128, s: v128, v: v128): void {
  const one = f32x4.splat(1);
  const sextant = f32x4.floor(h);
  const f = f32x4.sub(h, sextant);
  const least = f32x4.mul(v, f32x4.sub(one, s));
  const falling = f32x4.mul(v, f32x4.sub(one, f32x4.mul(s, f)));
  const rising = f32x4.mul(v, f32x4.sub(one, f32x4.mul(s, f32x4.sub(one, f))));
  const first = i16x8.narrow_i32x4_s(level(v), level(least));
  v128.store(to, i8x16.narrow_i16x8_u(first, i16x8.narrow_i32x4_s(level(falling), level(rising))));
  v128.store(to, cut(sextant), 16);
}

// @ts-ignore: decorator
@inline
function level(share: v128): v128 {
  return cut(f32x4.mul(share, f32x4.splat(255)));
}

/** What is in SCRATCH, as interleaved bytes from `at` to `stop`. */
// @ts-ignore: decorator
@inline
function storeColours(at: usize, stop: usize): void {
  for (let from = SCRATCH; at < stop; from += FOUR * 4) {
    const p0 = v128.load(from), p1 = v128.load(from, 32), p2 = v128.load(from, 64), p3 = v128.load(from, 96);
    const u = lowPairs(p0, p1), v = lowPairs(p2, p3), w = highPairs(p0, p1), x = highPairs(p2, p3);
    const most = firstHalves(u, v), least = secondHalves(u, v);
    const falling = firstHalves(w, x), rising = secondHalves(w, x);
    const sextant = i8x16.narrow_i16x8_u(
      i16x8.narrow_i32x4_s(v128.load(from, 16), v128.load(from, 48)),
      i16x8.narrow_i32x4_s(v128.load(from, 80), v128.load(from, 112)),
    );
    // From that sextant on.
    const in1 = i8x16.ge_s(sextant, i8x16.splat(1)), in2 = i8x16.ge_s(sextant, i8x16.splat(2));
    const in3 = i8x16.ge_s(sextant, i8x16.splat(3)), in4 = i8x16.ge_s(sextant, i8x16.splat(4));
    const in5 = i8x16.ge_s(sextant, i8x16.splat(5));
    let r = v128.bitselect(least, v128.bitselect(falling, most, in1), in2);
    r = v128.bitselect(most, v128.bitselect(rising, r, in4), in5);
    const g = v128.bitselect(least, v128.bitselect(falling, v128.bitselect(most, rising, in1), in3), in4);
    const b = v128.bitselect(falling, v128.bitselect(most, v128.bitselect(rising, least, in2), in3), in5);
    storeSixteen(at, r, g, b);
    at += 48;
  }
}
