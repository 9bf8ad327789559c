import { addToSum, total } from "./layout";

/**
 * Writes grey (ITU-R 601: 0.299, 0.587 and 0.114 in 65536ths, rounded as Pillow rounds) of the pixels at `from` to `to`,
 * and 16 zeros behind it.
 */
export function grey(from: usize, to: usize, pixels: i32): void {
  const end = to + <usize>pixels;
  for (; to < end; from += 48, to += 16) {
    const low = i16x8.narrow_i32x4_s(fourGreys(from), fourGreys(from + 12));
    const high = i16x8.narrow_i32x4_s(fourGreys(from + 24), fourGreys(from + 36));
    v128.store(to, i8x16.narrow_i16x8_u(low, high));
  }
  v128.store(end, i32x4.splat(0));
}

/**
 * As i32. Products of 16 signed bits are added in pairs: green's factor 38470 is 65536 - 27066, and a half is twice 2^14
 * beside blue.
 */
// @ts-ignore: decorator
@inline
function fourGreys(from: usize): v128 {
  const bytes = v128.load(from);
  const redGreen = i8x16.swizzle(bytes, i8x16(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1));
  const blue = i8x16.swizzle(bytes, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
  const first = i32x4.dot_i16x8_s(redGreen, i16x8(19595, -27066, 19595, -27066, 19595, -27066, 19595, -27066));
  const blueAndHalf = v128.or(blue, i32x4.splat(0x20000));
  const second = i32x4.dot_i16x8_s(blueAndHalf, i16x8(7471, 16384, 7471, 16384, 7471, 16384, 7471, 16384));
  return i32x4.add(i32x4.shr_s(i32x4.add(first, second), 16), i32x4.shr_u(redGreen, 16));
}

/** Adds a row of grey and its squares to the sums. What follows it up to a whole 16 must be 0. */
export function addGrey(from: usize, pixels: i32): void {
  let sum = i32x4.splat(0);
  let squares = sum;
  for (const end = from + <usize>pixels; from < end; from += 16) {
    const greys = v128.load(from);
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(greys)));
    squares = i32x4.add(squares, i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(greys, greys)));
    squares = i32x4.add(squares, i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(greys, greys)));
  }
  addToSum(0, total(sum));
  addToSum(1, total(squares));
}
