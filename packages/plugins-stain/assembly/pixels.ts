// Four interleaved pixels at a time: 12 bytes of the 16 that a vector holds.

/** The reds, as i32. */
// @ts-ignore: decorator
@inline
export function reds(pixels: v128): v128 {
  return v128.shuffle<i8>(pixels, i8x16.splat(0), 0, 16, 16, 16, 3, 16, 16, 16, 6, 16, 16, 16, 9, 16, 16, 16);
}

// @ts-ignore: decorator
@inline
export function greens(pixels: v128): v128 {
  return v128.shuffle<i8>(pixels, i8x16.splat(0), 1, 16, 16, 16, 4, 16, 16, 16, 7, 16, 16, 16, 10, 16, 16, 16);
}

// @ts-ignore: decorator
@inline
export function blues(pixels: v128): v128 {
  return v128.shuffle<i8>(pixels, i8x16.splat(0), 2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16);
}

/** Stores i32 channels of 0…255: 12 bytes and no more, so that a kernel can work in place. */
// @ts-ignore: decorator
@inline
export function storePixels(to: usize, r: v128, g: v128, b: v128): void {
  const lanes = v128.or(v128.or(r, i32x4.shl(g, 8)), i32x4.shl(b, 16));
  storeTwelve(to, v128.shuffle<i8>(lanes, lanes, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15));
}

// @ts-ignore: decorator
@inline
export function storeTwelve(to: usize, bytes: v128): void {
  v128.store64_lane(to, bytes, 0);
  v128.store32_lane(to, bytes, 2, 8);
}

/** Whole numbers, cut toward zero, of 0 ≤ v < 2²³: from 2²³ on the last place of a float is 1. */
// @ts-ignore: decorator
@inline
export function cut(v: v128): v128 {
  return i32x4.sub(f32x4.add(f32x4.floor(v), f32x4.splat(8388608)), i32x4.splat(0x4b000000));
}

/** Stores sixteen pixels, of a vector of bytes a channel. */
// @ts-ignore: decorator
@inline
export function storeSixteen(to: usize, r: v128, g: v128, b: v128): void {
  const first = v128.shuffle<i8>(r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  const second = v128.shuffle<i8>(r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  const third = v128.shuffle<i8>(r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
  v128.store(to, v128.shuffle<i8>(first, b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
  v128.store(to, v128.shuffle<i8>(second, b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), 16);
  v128.store(to, v128.shuffle<i8>(third, b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), 32);
}
