import { storePair } from "./normals";

/**
 * Adds to RGB bytes, in place, normals of the three standard deviations at `deviations` (f32 × 3, repeated: 12 of them),
 * in levels; to the nearest byte. Up to seven pixels more are changed. `scratch`: 96 bytes.
 */
export function addNoise(state: usize, at: usize, pixels: i32, deviations: usize, scratch: usize): void {
  const first = v128.load(deviations), second = v128.load(deviations, 16), third = v128.load(deviations, 32);
  for (const end = at + <usize>pixels * 3; at < end; at += 24) {
    storePair(state, scratch);
    storePair(state, scratch + 32);
    storePair(state, scratch + 64);
    const low = v128.load8x8_u(at), middle = v128.load8x8_u(at, 8), high = v128.load8x8_u(at, 16);
    const a = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(low), v128.load(scratch), first),
      moved(i32x4.extend_high_i16x8_u(low), v128.load(scratch, 16), second),
    );
    const b = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(middle), v128.load(scratch, 32), third),
      moved(i32x4.extend_high_i16x8_u(middle), v128.load(scratch, 48), first),
    );
    const c = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(high), v128.load(scratch, 64), second),
      moved(i32x4.extend_high_i16x8_u(high), v128.load(scratch, 80), third),
    );
    v128.store(at, i8x16.narrow_i16x8_u(a, b));
    v128.store64_lane(at, i8x16.narrow_i16x8_u(c, c), 0, 16);
  }
}

// @ts-ignore: decorator
@inline
function moved(levels: v128, normals: v128, deviations: v128): v128 {
  const noise = f32x4.mul(normals, deviations);
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(f32x4.convert_i32x4_s(levels), noise)));
}
