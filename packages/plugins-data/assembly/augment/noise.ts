import { pairOfNormals } from "./normals";
import { randomWords } from "./random-words";
import { nearestWhole } from "./whole";

/** Bytes of a picture that get their noise at once, and of the words for it. */
const BLOCK: usize = 768;
const WORDS: i32 = 3072;

/**
 * Adds to RGB bytes, in place, normals of the three standard deviations at `deviations` (f32 × 3, repeated: 12 of them),
 * in levels; to the nearest byte. Up to seven pixels more are changed.
 * @param state As of `randomWords`. @param scratch 3072 bytes.
 */
export function addNoise(state: usize, at: usize, pixels: i32, deviations: usize, scratch: usize): void {
  for (const end = at + <usize>pixels * 3; at < end; at += BLOCK) {
    randomWords(state, scratch, WORDS);
    addToBlock(at, min(end, at + BLOCK), deviations, scratch);
  }
}

function addToBlock(at: usize, end: usize, deviations: usize, words: usize): void {
  const first = v128.load(deviations), second = v128.load(deviations, 16), third = v128.load(deviations, 32);
  for (; at < end; at += 24, words += 96) {
    pairOfNormals(words, words);
    pairOfNormals(words + 32, words + 32);
    pairOfNormals(words + 64, words + 64);
    const low = v128.load8x8_u(at), middle = v128.load8x8_u(at, 8), high = v128.load8x8_u(at, 16);
    const a = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(low), v128.load(words), first),
      moved(i32x4.extend_high_i16x8_u(low), v128.load(words, 16), second),
    );
    const b = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(middle), v128.load(words, 32), third),
      moved(i32x4.extend_high_i16x8_u(middle), v128.load(words, 48), first),
    );
    const c = i16x8.narrow_i32x4_s(
      moved(i32x4.extend_low_i16x8_u(high), v128.load(words, 64), second),
      moved(i32x4.extend_high_i16x8_u(high), v128.load(words, 80), third),
    );
    v128.store(at, i8x16.narrow_i16x8_u(a, b));
    v128.store64_lane(at, i8x16.narrow_i16x8_u(c, c), 0, 16);
  }
}

// @ts-ignore: decorator
@inline
function moved(levels: v128, normals: v128, deviations: v128): v128 {
  return nearestWhole(f32x4.add(f32x4.convert_i32x4_s(levels), f32x4.mul(normals, deviations)));
}
