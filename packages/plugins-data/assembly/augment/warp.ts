import { reflected } from "./reflected";

// Rows whose pixels come from anywhere in a picture, by the coordinates that ./coordinates writes. Past the borders is
// the reflection. `from` is where the picture's first pixel is or would be (of it, only what the rows need must be there),
// `stride` the bytes of its rows. Up to 12 bytes past a pixel are read, and past the row's last written.

/** Weights of pixels are in 16384ths. */
const ONE: i32 = 16384;

/** RGB, bilinear, to the nearest. */
export function warpColours(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  to: usize,
  columns: i32,
): void {
  const lastX = <u32>(width - 1), lastY = <u32>(height - 1);
  for (const end = to + <usize>columns * 3; to < end; to += 3, xs += 4, ys += 4) {
    const exactX = load<i32>(xs), exactY = load<i32>(ys);
    const x = exactX >> 16, y = exactY >> 16;
    const right = (exactX >> 2) & 0x3fff, below = (exactY >> 2) & 0x3fff;
    const both = (right * below) >> 14;
    const upper = i32x4.splat((ONE - right - below + both) | ((right - both) << 16));
    const lower = i32x4.splat((below - both) | (both << 16));
    let sum: v128;
    if (<u32>x < lastX && <u32>y < lastY) {
      const at = from + <usize>y * stride + <usize>x * 3;
      sum = i32x4.add(
        i32x4.dot_i16x8_s(neighbours(v128.load64_zero(at)), upper),
        i32x4.dot_i16x8_s(neighbours(v128.load64_zero(at + stride)), lower),
      );
    } else {
      const first = <usize>reflected(x, width) * 3, second = <usize>reflected(x + 1, width) * 3;
      const above = from + <usize>reflected(y, height) * stride, under = from + <usize>reflected(y + 1, height) * stride;
      sum = i32x4.add(
        i32x4.dot_i16x8_s(pair(above + first, above + second), upper),
        i32x4.dot_i16x8_s(pair(under + first, under + second), lower),
      );
    }
    const levels = i32x4.shr_s(i32x4.add(sum, i32x4.splat(ONE / 2)), 14);
    v128.store32_lane(to, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(levels, levels), levels), 0);
  }
}

/** Of six bytes, RGB of two pixels: both reds, both greens, both blues, as i16. */
// @ts-ignore: decorator
@inline
function neighbours(six: v128): v128 {
  return i8x16.swizzle(six, i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
}

// @ts-ignore: decorator
@inline
function pair(first: usize, second: usize): v128 {
  const two = v128.load32_lane(second, v128.load32_zero(first), 1);
  return i8x16.swizzle(two, i8x16(0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, -1, -1, -1, -1));
}

/** Labels: the nearest pixel's, the right and lower one of equals. */
export function warpLabels(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  to: usize,
  columns: i32,
): void {
  for (const end = to + <usize>columns; to < end; to++, xs += 4, ys += 4) {
    const x = reflected((load<i32>(xs) + 0x8000) >> 16, width);
    const y = reflected((load<i32>(ys) + 0x8000) >> 16, height);
    store<u8>(to, load<u8>(from + <usize>y * stride + <usize>x));
  }
}

/** f32 × `stains` a pixel, bilinear. */
export function warpDensities(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  to: usize,
  columns: i32,
  stains: i32,
): void {
  const pixel = <usize>stains * 4;
  for (const end = to + <usize>columns * pixel; to < end; to += pixel, xs += 4, ys += 4) {
    const exactX = load<i32>(xs), exactY = load<i32>(ys);
    const x = exactX >> 16, y = exactY >> 16;
    const right = f32x4.splat(<f32>(exactX & 0xffff) * (<f32>1 / 65536));
    const below = f32x4.splat(<f32>(exactY & 0xffff) * (<f32>1 / 65536));
    const first = <usize>reflected(x, width) * pixel, second = <usize>reflected(x + 1, width) * pixel;
    const above = from + <usize>reflected(y, height) * stride, under = from + <usize>reflected(y + 1, height) * stride;
    // Four stains at a time; what is written too much is the next pixel's, which comes later.
    for (let stain: usize = 0; stain < pixel; stain += 16) {
      const upper = between(v128.load(above + first + stain), v128.load(above + second + stain), right);
      const lower = between(v128.load(under + first + stain), v128.load(under + second + stain), right);
      v128.store(to + stain, between(upper, lower, below));
    }
  }
}

// @ts-ignore: decorator
@inline
function between(first: v128, second: v128, share: v128): v128 {
  return f32x4.add(first, f32x4.mul(f32x4.sub(second, first), share));
}
