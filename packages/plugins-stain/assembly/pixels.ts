// Four interleaved pixels at a time: 12 bytes of the 16 that a vector holds.
// One swizzle a group and shifts, in the place of a shuffle a channel: shuffles of two vectors are dear.

/** The 12 bytes at p, a pixel a lane: red lowest, the highest byte 0. */
// @ts-ignore: decorator
@inline
export function pixelsAt(p: usize): v128 {
  return i8x16.swizzle(v128.load(p), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
}

/** As i32, of what `pixelsAt` gives. */
// @ts-ignore: decorator
@inline
export function reds(pixels: v128): v128 {
  return v128.and(pixels, i32x4.splat(255));
}

// @ts-ignore: decorator
@inline
export function greens(pixels: v128): v128 {
  return v128.and(i32x4.shr_u(pixels, 8), i32x4.splat(255));
}

// @ts-ignore: decorator
@inline
export function blues(pixels: v128): v128 {
  return i32x4.shr_u(pixels, 16);
}

/** Stores i32 channels of 0…255: 12 bytes and no more, so that a kernel can work in place. */
// @ts-ignore: decorator
@inline
export function storePixels(to: usize, r: v128, g: v128, b: v128): void {
  storeLanes(to, v128.or(v128.or(r, i32x4.shl(g, 8)), i32x4.shl(b, 16)));
}

/** Stores the three lower bytes of each lane. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, pixels: v128): void {
  storeTwelve(to, i8x16.swizzle(pixels, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1)));
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
  const none = i8x16.splat(0);
  storeEight(to, lowBytes(r, g), lowBytes(b, none));
  storeEight(to + 24, highBytes(r, g), highBytes(b, none));
}

/** @param rg Red and green of eight pixels. @param b Blue of each, and 0. */
// @ts-ignore: decorator
@inline
function storeEight(to: usize, rg: v128, b: v128): void {
  storeLanes(to, v128.shuffle<i16>(rg, b, 0, 8, 1, 9, 2, 10, 3, 11));
  storeLanes(to + 12, v128.shuffle<i16>(rg, b, 4, 12, 5, 13, 6, 14, 7, 15));
}

// @ts-ignore: decorator
@inline
function lowBytes(u: v128, v: v128): v128 {
  return v128.shuffle<i8>(u, v, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function highBytes(u: v128, v: v128): v128 {
  return v128.shuffle<i8>(u, v, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
