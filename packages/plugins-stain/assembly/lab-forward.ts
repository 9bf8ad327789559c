import { BLOCK, lanes, LAB_ROOT, LAB_XYZ, SCRATCH, SOURCE, TARGET } from "./layout";
import { addIntegersToSum } from "./sums";

const L_OFFSET: i32 = -1336934 + 16384;
const CENTRE: i32 = 128 * 32768 + 16384;

/**
 * SOURCE (RGB) → TARGET (8-bit LAB, OpenCV's integer steps). Adds to the sums: 0…2 of L, a, b; 3…5 of their squares;
 * 6 how many pixels are darker than L = parameter 0 (an i32).
 */
export function labForward(pixels: i32): void {
  const limit = lanes(0);
  const centre = i32x4.splat(CENTRE);
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += 64) {
      v128.store(to, xyzAt(SOURCE + p));
      v128.store(to, xyzAt(SOURCE + p + 3), 16);
      v128.store(to, xyzAt(SOURCE + p + 6), 32);
      v128.store(to, xyzAt(SOURCE + p + 9), 48);
    }
    let l1 = i32x4.splat(0), a1 = l1, b1 = l1, l2 = l1, a2 = l1, b2 = l1, dark = l1;
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 64) {
      const x = rootsAt(from), y = rootsAt(from + 4), z = rootsAt(from + 8);
      const l = i32x4.shr_s(i32x4.add(i32x4.mul(y, i32x4.splat(296)), i32x4.splat(L_OFFSET)), 15);
      const a = i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.sub(x, y), i32x4.splat(500)), centre), 15);
      const b = i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.sub(y, z), i32x4.splat(200)), centre), 15);
      l1 = i32x4.add(l1, l);
      a1 = i32x4.add(a1, a);
      b1 = i32x4.add(b1, b);
      l2 = i32x4.add(l2, i32x4.dot_i16x8_s(l, l));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(a, a));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(b, b));
      dark = i32x4.sub(dark, i32x4.lt_s(l, limit));
      const packed = v128.or(v128.or(l, i32x4.shl(a, 8)), i32x4.shl(b, 16));
      v128.store(TARGET + p, v128.shuffle<i8>(packed, packed, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15));
    }
    addIntegersToSum(0, l1);
    addIntegersToSum(1, a1);
    addIntegersToSum(2, b1);
    addIntegersToSum(3, l2);
    addIntegersToSum(4, a2);
    addIntegersToSum(5, b2);
    addIntegersToSum(6, dark);
  }
}

/** X, Y, Z as byte offsets into the table of roots. */
// @ts-ignore: decorator
@inline
function xyzAt(p: usize): v128 {
  const sum = i32x4.add(
    i32x4.add(
      v128.load((<usize>load<u8>(p)) << 4, LAB_XYZ),
      v128.load((<usize>load<u8>(p, 1)) << 4, LAB_XYZ + 4096),
    ),
    v128.load((<usize>load<u8>(p, 2)) << 4, LAB_XYZ + 8192),
  );
  return v128.and(i32x4.shr_u(sum, 11), i32x4.splat(-2));
}

/** The roots of one coordinate of four pixels, whose offsets lie 16 bytes apart. */
// @ts-ignore: decorator
@inline
function rootsAt(from: usize): v128 {
  let v = i32x4.splat(0);
  v = v128.load_lane<u16>(<usize>load<u16>(from) + LAB_ROOT, v, 0);
  v = v128.load_lane<u16>(<usize>load<u16>(from, 16) + LAB_ROOT, v, 2);
  v = v128.load_lane<u16>(<usize>load<u16>(from, 32) + LAB_ROOT, v, 4);
  return v128.load_lane<u16>(<usize>load<u16>(from, 48) + LAB_ROOT, v, 6);
}
