import { TABLE } from "./layout";

// Tables hold what a byte of each channel contributes to a quantity that is linear in optical density: a pixel's value
// is a sum of three entries, and no logarithm is taken.

/** (a, b) of the pixel at p, from entries of two f32. */
// @ts-ignore: decorator
@inline
export function pairAt(p: usize): v128 {
  return f32x4.add(
    f32x4.add(
      v128.load64_zero((<usize>load<u8>(p)) << 3, TABLE),
      v128.load64_zero((<usize>load<u8>(p, 1)) << 3, TABLE + 2048),
    ),
    v128.load64_zero((<usize>load<u8>(p, 2)) << 3, TABLE + 4096),
  );
}

/** (a, b, c, d) of the pixel at p, from entries of four f32. */
// @ts-ignore: decorator
@inline
export function quadAt(p: usize): v128 {
  return f32x4.add(
    f32x4.add(
      v128.load((<usize>load<u8>(p)) << 4, TABLE),
      v128.load((<usize>load<u8>(p, 1)) << 4, TABLE + 4096),
    ),
    v128.load((<usize>load<u8>(p, 2)) << 4, TABLE + 8192),
  );
}

// The first and last halves of transposing four pixels' values into vectors of one quantity each.

// @ts-ignore: decorator
@inline
export function lowPairs(p: v128, q: v128): v128 {
  return v128.shuffle<i32>(p, q, 0, 4, 1, 5);
}

// @ts-ignore: decorator
@inline
export function highPairs(p: v128, q: v128): v128 {
  return v128.shuffle<i32>(p, q, 2, 6, 3, 7);
}

// @ts-ignore: decorator
@inline
export function firstHalves(u: v128, v: v128): v128 {
  return v128.shuffle<i64>(u, v, 0, 2);
}

// @ts-ignore: decorator
@inline
export function secondHalves(u: v128, v: v128): v128 {
  return v128.shuffle<i64>(u, v, 1, 3);
}
