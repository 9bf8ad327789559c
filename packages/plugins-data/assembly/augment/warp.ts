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
  const end = to + <usize>columns * 3;
  const lastX = i32x4.splat(width - 1), lastY = i32x4.splat(height - 1), strides = i32x4.splat(<i32>stride);
  for (const whole = to + <usize>(columns & ~3) * 3; to < whole; to += 12, xs += 16, ys += 16) {
    const exactX = v128.load(xs), exactY = v128.load(ys);
    const x = i32x4.shr_s(exactX, 16), y = i32x4.shr_s(exactY, 16);
    // The last row and column have no neighbour of their own; a negative place is a great one without its sign.
    if (!i32x4.all_true(v128.and(i32x4.lt_u(x, lastX), i32x4.lt_u(y, lastY)))) {
      for (let pixel: usize = 0; pixel < 4; pixel++) {
        warpColour(from, stride, width, height, load<i32>(xs + (pixel << 2)), load<i32>(ys + (pixel << 2)), to + pixel * 3);
      }
      continue;
    }
    const part = i32x4.splat(0x3fff);
    const right = v128.and(i32x4.shr_u(exactX, 2), part), below = v128.and(i32x4.shr_u(exactY, 2), part);
    const both = i32x4.shr_u(i32x4.mul(right, below), 14);
    const onlyRight = i32x4.sub(right, both);
    const neither = i32x4.sub(i32x4.sub(i32x4.splat(ONE), below), onlyRight);
    const upper = v128.or(neither, i32x4.shl(onlyRight, 16));
    const lower = v128.or(i32x4.sub(below, both), i32x4.shl(both, 16));
    const places = i32x4.add(i32x4.mul(y, strides), i32x4.add(i32x4.add(x, x), x));
    const first = between4(
      from + <usize>i32x4.extract_lane(places, 0),
      stride,
      v128.shuffle<i32>(upper, upper, 0, 0, 0, 0),
      v128.shuffle<i32>(lower, lower, 0, 0, 0, 0),
    );
    const second = between4(
      from + <usize>i32x4.extract_lane(places, 1),
      stride,
      v128.shuffle<i32>(upper, upper, 1, 1, 1, 1),
      v128.shuffle<i32>(lower, lower, 1, 1, 1, 1),
    );
    const third = between4(
      from + <usize>i32x4.extract_lane(places, 2),
      stride,
      v128.shuffle<i32>(upper, upper, 2, 2, 2, 2),
      v128.shuffle<i32>(lower, lower, 2, 2, 2, 2),
    );
    const fourth = between4(
      from + <usize>i32x4.extract_lane(places, 3),
      stride,
      v128.shuffle<i32>(upper, upper, 3, 3, 3, 3),
      v128.shuffle<i32>(lower, lower, 3, 3, 3, 3),
    );
    const levels = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(first, second), i16x8.narrow_i32x4_s(third, fourth));
    const twelve = i8x16.swizzle(levels, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
    v128.store64_lane(to, twelve, 0);
    v128.store32_lane(to, twelve, 2, 8);
  }
  for (; to < end; to += 3, xs += 4, ys += 4) warpColour(from, stride, width, height, load<i32>(xs), load<i32>(ys), to);
}

/** Of two pixels at `at` and the two below them, by weights in pairs. */
// @ts-ignore: decorator
@inline
function between4(at: usize, stride: usize, upper: v128, lower: v128): v128 {
  const above = i32x4.dot_i16x8_s(neighbours(v128.load64_zero(at)), upper);
  const under = i32x4.dot_i16x8_s(neighbours(v128.load64_zero(at + stride)), lower);
  return rounded(i32x4.add(above, under));
}

// @ts-ignore: decorator
@inline
function rounded(sum: v128): v128 {
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(ONE / 2)), 14);
}

/** One pixel, from wherever. */
function warpColour(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  exactX: i32,
  exactY: i32,
  to: usize,
): void {
  const x = exactX >> 16, y = exactY >> 16;
  const right = (exactX >> 2) & 0x3fff, below = (exactY >> 2) & 0x3fff;
  const both = (right * below) >> 14;
  const upper = i32x4.splat((ONE - right - below + both) | ((right - both) << 16));
  const lower = i32x4.splat((below - both) | (both << 16));
  const first = <usize>reflected(x, width) * 3, second = <usize>reflected(x + 1, width) * 3;
  const above = from + <usize>reflected(y, height) * stride, under = from + <usize>reflected(y + 1, height) * stride;
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(pair(above + first, above + second), upper),
    i32x4.dot_i16x8_s(pair(under + first, under + second), lower),
  );
  const levels = rounded(sum);
  const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(levels, levels), levels);
  v128.store16_lane(to, bytes, 0);
  v128.store8_lane(to, bytes, 2, 2);
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
  const end = to + <usize>columns;
  const widths = i32x4.splat(width), heights = i32x4.splat(height), strides = i32x4.splat(<i32>stride);
  const half = i32x4.splat(0x8000);
  for (const whole = to + <usize>(columns & ~3); to < whole; to += 4, xs += 16, ys += 16) {
    const x = i32x4.shr_s(i32x4.add(v128.load(xs), half), 16), y = i32x4.shr_s(i32x4.add(v128.load(ys), half), 16);
    if (!i32x4.all_true(v128.and(i32x4.lt_u(x, widths), i32x4.lt_u(y, heights)))) {
      for (let pixel: usize = 0; pixel < 4; pixel++) {
        const label = labelAt(from, stride, width, height, load<i32>(xs + (pixel << 2)), load<i32>(ys + (pixel << 2)));
        store<u8>(to + pixel, label);
      }
      continue;
    }
    const places = i32x4.add(i32x4.mul(y, strides), x);
    store<u8>(to, load<u8>(from + <usize>i32x4.extract_lane(places, 0)));
    store<u8>(to, load<u8>(from + <usize>i32x4.extract_lane(places, 1)), 1);
    store<u8>(to, load<u8>(from + <usize>i32x4.extract_lane(places, 2)), 2);
    store<u8>(to, load<u8>(from + <usize>i32x4.extract_lane(places, 3)), 3);
  }
  for (; to < end; to++, xs += 4, ys += 4) {
    store<u8>(to, labelAt(from, stride, width, height, load<i32>(xs), load<i32>(ys)));
  }
}

// @ts-ignore: decorator
@inline
function labelAt(from: usize, stride: usize, width: i32, height: i32, exactX: i32, exactY: i32): u8 {
  const x = reflected((exactX + 0x8000) >> 16, width), y = reflected((exactY + 0x8000) >> 16, height);
  return load<u8>(from + <usize>y * stride + <usize>x);
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
