/**
 * Stores four pixels as 12 interleaved bytes (and 4 that follow, to be overwritten), toward zero.
 *
 * @param cut 256 and what is added before: with it, all values lie in 256…512.
 */
// @ts-ignore: decorator
@inline
export function storeBytes(to: usize, r: v128, g: v128, b: v128, cut: v128): void {
  // From 256 on the last place is 2⁻¹⁵: the whole number, less 256, stands in bits 15…22.
  const byte = i32x4.splat(0xff);
  const red = v128.and(i32x4.shr_u(f32x4.add(r, cut), 15), byte);
  const green = i32x4.shl(v128.and(i32x4.shr_u(f32x4.add(g, cut), 15), byte), 8);
  const blue = i32x4.shl(i32x4.shr_u(f32x4.add(b, cut), 15), 16);
  const pixels = v128.or(v128.or(red, green), blue);
  v128.store(to, v128.shuffle<i8>(pixels, pixels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15));
}
