import { firstHalves, lowPairs, secondHalves } from "./gather";
import { BLOCK, LAB_ALONG_A, LAB_ALONG_B, LAB_ENCODED, LAB_LIGHT, PARAMETERS, SCRATCH, SOURCE, TARGET } from "./layout";

/**
 * SOURCE (8-bit LAB) → TARGET (RGB), OpenCV's integer steps. What happens to L, a and b on the way is in the tables.
 * Parameters: 0…8 the matrix from X, Y, Z to linear RGB, by rows, as i32 of 1/4096.
 */
export function labInverse(pixels: i32): void {
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += 48) {
      const u = lowPairs(lightAt(SOURCE + p), lightAt(SOURCE + p + 3));
      const v = lowPairs(lightAt(SOURCE + p + 6), lightAt(SOURCE + p + 9));
      const root = secondHalves(u, v);
      v128.store(to, cube(i32x4.add(root, alongAt(SOURCE + p + 1, LAB_ALONG_A))));
      v128.store(to, firstHalves(u, v), 16);
      v128.store(to, cube(i32x4.add(root, alongAt(SOURCE + p + 2, LAB_ALONG_B))), 32);
    }
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 48) {
      const x = v128.load(from), y = v128.load(from, 16), z = v128.load(from, 32);
      v128.store(from, linear(x, y, z, 0));
      v128.store(from, linear(x, y, z, 3), 16);
      v128.store(from, linear(x, y, z, 6), 32);
    }
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 48) {
      encode(TARGET + p, from);
      encode(TARGET + p + 3, from + 4);
      encode(TARGET + p + 6, from + 8);
      encode(TARGET + p + 9, from + 12);
    }
  }
}

// @ts-ignore: decorator
@inline
function lightAt(p: usize): v128 {
  return v128.load64_zero((<usize>load<u8>(p)) << 3, LAB_LIGHT);
}

// @ts-ignore: decorator
@inline
function alongAt(p: usize, table: usize): v128 {
  let v = v128.load32_zero(((<usize>load<u8>(p)) << 2) + table);
  v = v128.load32_lane(((<usize>load<u8>(p, 3)) << 2) + table, v, 1);
  v = v128.load32_lane(((<usize>load<u8>(p, 6)) << 2) + table, v, 2);
  return v128.load32_lane(((<usize>load<u8>(p, 9)) << 2) + table, v, 3);
}

/** The root's cube, of 1/2¹⁴; a line below 6/29. All quotients are cut toward zero. */
// @ts-ignore: decorator
@inline
function cube(root: v128): v128 {
  const bright = i32x4.shr_s(i32x4.mul(i32x4.shr_s(i32x4.mul(root, root), 14), root), 14);
  const isDark = i32x4.le_s(root, i32x4.splat(3390));
  if (!v128.any_true(isDark)) return bright;
  // Exact in single precision: the dividend is, and a quotient is at least 1/841 from the next whole number.
  const quotient = f32x4.div(f32x4.convert_i32x4_s(i32x4.mul(root, i32x4.splat(108))), f32x4.splat(841));
  const dark = i32x4.sub(i32x4.trunc_sat_f32x4_s(quotient), i32x4.splat(290));
  return v128.bitselect(dark, bright, isDark);
}

// @ts-ignore: decorator
@inline
function linear(x: v128, y: v128, z: v128, row: usize): v128 {
  const sum = i32x4.add(
    i32x4.add(i32x4.mul(x, weight(row)), i32x4.mul(y, weight(row + 1))),
    i32x4.add(i32x4.mul(z, weight(row + 2)), i32x4.splat(8192)),
  );
  return i32x4.min_s(i32x4.splat(4095), i32x4.max_s(i32x4.splat(0), i32x4.shr_s(sum, 14)));
}

// @ts-ignore: decorator
@inline
function weight(index: usize): v128 {
  return v128.load32_splat(PARAMETERS + (index << 2));
}

// @ts-ignore: decorator
@inline
function encode(to: usize, from: usize): void {
  store<u8>(to, load<u8>(<usize>load<u16>(from), LAB_ENCODED));
  store<u8>(to, load<u8>(<usize>load<u16>(from, 16), LAB_ENCODED), 1);
  store<u8>(to, load<u8>(<usize>load<u16>(from, 32), LAB_ENCODED), 2);
}
