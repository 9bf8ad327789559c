// Values between two: a channel of RGB bytes comes back from a lower resolution, along its rows and then over them. Levels
// are in 128ths, shares in 32768ths.

/** Takes one channel out of RGB pixels, from its first byte on; up to 15 bytes more. */
export function planeOf(from: usize, to: usize, columns: i32): void {
  for (const end = to + <usize>columns; to < end; to += 16, from += 48) {
    const first = i8x16.swizzle(
      v128.load(from),
      i8x16(0, 3, 6, 9, 12, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1),
    );
    const second = i8x16.swizzle(
      v128.load(from, 16),
      i8x16(-1, -1, -1, -1, -1, -1, 2, 5, 8, 11, 14, -1, -1, -1, -1, -1),
    );
    const third = i8x16.swizzle(
      v128.load(from, 32),
      i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 4, 7, 10, 13),
    );
    v128.store(to, v128.or(v128.or(first, second), third));
  }
}

/**
 * Writes levels (i16), eight at a time: each between two bytes of sixteen.
 * @param groups i32: of each eight, where its sixteen begin in the plane.
 * @param indices 16 bytes of each: which of them are first, then which second. @param shares i16 × 8: of the second.
 */
export function mixAlong(plane: usize, groups: usize, indices: usize, shares: usize, to: usize, columns: i32): void {
  for (const end = to + <usize>columns * 2; to < end; to += 16, groups += 4, indices += 16, shares += 16) {
    const pairs = i8x16.swizzle(v128.load(plane + <usize>load<i32>(groups)), v128.load(indices));
    v128.store(to, mixed(fine(i16x8.extend_low_i8x16_u(pairs)), fine(i16x8.extend_high_i8x16_u(pairs)), v128.load(shares)));
  }
}

/** Writes bytes between two rows of levels, every third from `to` on. @param share Of the second row. */
export function mixOver(first: usize, second: usize, share: i32, to: usize, columns: i32): void {
  const shares = i16x8.splat(<i16>share);
  let left = columns;
  for (; left >= 8; left -= 8, first += 16, second += 16, to += 24) {
    const bytes = rounded(mixed(v128.load(first), v128.load(second), shares));
    v128.store8_lane(to, bytes, 0);
    v128.store8_lane(to, bytes, 1, 3);
    v128.store8_lane(to, bytes, 2, 6);
    v128.store8_lane(to, bytes, 3, 9);
    v128.store8_lane(to, bytes, 4, 12);
    v128.store8_lane(to, bytes, 5, 15);
    v128.store8_lane(to, bytes, 6, 18);
    v128.store8_lane(to, bytes, 7, 21);
  }
  for (; left > 0; left--, first += 2, second += 2, to += 3) {
    const byte = rounded(mixed(v128.load16_splat(first), v128.load16_splat(second), shares));
    v128.store8_lane(to, byte, 0);
  }
}

// @ts-ignore: decorator
@inline
function fine(levels: v128): v128 {
  return i16x8.shl(levels, 7);
}

// @ts-ignore: decorator
@inline
function mixed(first: v128, second: v128, shares: v128): v128 {
  return i16x8.add(first, i16x8.q15mulr_sat_s(i16x8.sub(second, first), shares));
}

// @ts-ignore: decorator
@inline
function rounded(levels: v128): v128 {
  const whole = i16x8.shr_s(i16x8.add(levels, i16x8.splat(64)), 7);
  return i8x16.narrow_i16x8_u(whole, whole);
}
