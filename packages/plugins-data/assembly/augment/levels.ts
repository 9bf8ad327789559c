import { nearestWhole } from "./whole";

// What changes each level of a channel alike: counts of levels, maps of them, and scales.

/**
 * Counts the levels of RGB pixels: 3 × 256 u32 at `counts`, and as many of scratch behind them. Pixels next to each other
 * are often alike; they are counted in turns in two places, so that no count waits for the one before it.
 */
export function countLevels(from: usize, pixels: i32, counts: usize): void {
  memory.fill(counts, 0, 6144);
  const second = counts + 3072;
  for (const end = from + <usize>(pixels & ~1) * 3; from < end; from += 6) {
    count(counts + ((<usize>load<u8>(from)) << 2));
    count(counts + 1024 + ((<usize>load<u8>(from, 1)) << 2));
    count(counts + 2048 + ((<usize>load<u8>(from, 2)) << 2));
    count(second + ((<usize>load<u8>(from, 3)) << 2));
    count(second + 1024 + ((<usize>load<u8>(from, 4)) << 2));
    count(second + 2048 + ((<usize>load<u8>(from, 5)) << 2));
  }
  if (pixels & 1) {
    count(counts + ((<usize>load<u8>(from)) << 2));
    count(counts + 1024 + ((<usize>load<u8>(from, 1)) << 2));
    count(counts + 2048 + ((<usize>load<u8>(from, 2)) << 2));
  }
  for (let at = counts; at < second; at += 16) v128.store(at, i32x4.add(v128.load(at), v128.load(at, 3072)));
}

// @ts-ignore: decorator
@inline
function count(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/**
 * Scales and moves RGB pixels in place, to the nearest level within bounds; up to 15 pixels more.
 * @param terms f32: scale of each channel, repeated four times, then what is added, likewise; then bytes: the least level
 * of each channel, repeated sixteen times, and the greatest.
 */
export function scaleLevels(at: usize, pixels: i32, terms: usize): void {
  const scaleA = v128.load(terms), scaleB = v128.load(terms, 16), scaleC = v128.load(terms, 32);
  const moveA = v128.load(terms, 48), moveB = v128.load(terms, 64), moveC = v128.load(terms, 80);
  for (const end = at + <usize>pixels * 3; at < end; at += 48) {
    const first = v128.load(at), second = v128.load(at, 16), third = v128.load(at, 32);
    const a = sixteen(first, scaleA, moveA, scaleB, moveB, scaleC, moveC);
    const b = sixteen(second, scaleB, moveB, scaleC, moveC, scaleA, moveA);
    const c = sixteen(third, scaleC, moveC, scaleA, moveA, scaleB, moveB);
    v128.store(at, i8x16.min_u(i8x16.max_u(a, v128.load(terms, 96)), v128.load(terms, 144)));
    v128.store(at, i8x16.min_u(i8x16.max_u(b, v128.load(terms, 112)), v128.load(terms, 160)), 16);
    v128.store(at, i8x16.min_u(i8x16.max_u(c, v128.load(terms, 128)), v128.load(terms, 176)), 32);
  }
}

/** Sixteen levels by three scales in turns, the first of them again for the last four. */
// @ts-ignore: decorator
@inline
function sixteen(levels: v128, scale0: v128, move0: v128, scale1: v128, move1: v128, scale2: v128, move2: v128): v128 {
  const low = i16x8.extend_low_i8x16_u(levels), high = i16x8.extend_high_i8x16_u(levels);
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(
      scaled(i32x4.extend_low_i16x8_u(low), scale0, move0),
      scaled(i32x4.extend_high_i16x8_u(low), scale1, move1),
    ),
    i16x8.narrow_i32x4_s(
      scaled(i32x4.extend_low_i16x8_u(high), scale2, move2),
      scaled(i32x4.extend_high_i16x8_u(high), scale0, move0),
    ),
  );
}

// @ts-ignore: decorator
@inline
function scaled(levels: v128, scale: v128, move: v128): v128 {
  return nearestWhole(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(levels), scale), move));
}

/** Maps RGB pixels in place by 3 × 256 bytes. Up to three pixels more are mapped. */
export function mapLevels(at: usize, pixels: i32, maps: usize): void {
  for (const end = at + <usize>pixels * 3; at < end; at += 12) {
    const first = load<u32>(at), second = load<u32>(at, 4), third = load<u32>(at, 8);
    store<u32>(at, red(maps, first) | (green(maps, first >> 8) << 8) | (blue(maps, first >> 16) << 16) | (red(maps, first >> 24) << 24));
    store<u32>(
      at,
      green(maps, second) | (blue(maps, second >> 8) << 8) | (red(maps, second >> 16) << 16) | (green(maps, second >> 24) << 24),
      4,
    );
    store<u32>(at, blue(maps, third) | (red(maps, third >> 8) << 8) | (green(maps, third >> 16) << 16) | (blue(maps, third >> 24) << 24), 8);
  }
}

// @ts-ignore: decorator
@inline
function red(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255));
}

// @ts-ignore: decorator
@inline
function green(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255), 256);
}

// @ts-ignore: decorator
@inline
function blue(maps: usize, level: u32): u32 {
  return <u32>load<u8>(maps + (<usize>level & 255), 512);
}
