import { COUNTS, lanes, LEVELS, PARAMETERS, SOURCE, TARGET } from "./layout";

/** Adds the bytes of SOURCE to COUNTS; four tables, so that equal neighbours need not wait for each other. */
export function countSource(bytes: i32): void {
  let from = SOURCE;
  const end = from + <usize>(bytes & ~7);
  for (; from < end; from += 8) {
    const word = load<u64>(from);
    add(0, <usize>word & 255);
    add(1, <usize>(word >> 8) & 255);
    add(2, <usize>(word >> 16) & 255);
    add(3, <usize>(word >> 24) & 255);
    add(0, <usize>(word >> 32) & 255);
    add(1, <usize>(word >> 40) & 255);
    add(2, <usize>(word >> 48) & 255);
    add(3, <usize>(word >> 56));
  }
  for (let rest = bytes & 7; rest > 0; rest--, from++) add(0, <usize>load<u8>(from));
}

// @ts-ignore: decorator
@inline
function add(table: usize, byte: usize): void {
  const at = COUNTS + (table << 10) + (byte << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/**
 * Adds to COUNTS, as u32 for each k below LEVELS, how many bytes of SOURCE are below k + parameter 0 (an i32, at most
 * 256 − LEVELS). What follows the bytes, up to a multiple of 16, must be 255.
 */
export function countBelow(bytes: i32): void {
  const level = load<i32>(PARAMETERS);
  for (let k = 0; k < LEVELS; k += 4) countBelowFour(bytes, level + k, COUNTS + (<usize>k << 2));
}

function countBelowFour(bytes: i32, level: i32, counts: usize): void {
  const l0 = i8x16.splat(<i8>level), l1 = i8x16.splat(<i8>(level + 1));
  const l2 = i8x16.splat(<i8>(level + 2)), l3 = i8x16.splat(<i8>(level + 3));
  const end = SOURCE + <usize>bytes;
  for (let at = SOURCE; at < end; ) {
    // A lane holds what 255 vectors can add to it.
    const stop = min(end, at + 255 * 16);
    let c0 = i8x16.splat(0), c1 = c0, c2 = c0, c3 = c0;
    for (; at < stop; at += 16) {
      const v = v128.load(at);
      c0 = i8x16.sub(c0, i8x16.lt_u(v, l0));
      c1 = i8x16.sub(c1, i8x16.lt_u(v, l1));
      c2 = i8x16.sub(c2, i8x16.lt_u(v, l2));
      c3 = i8x16.sub(c3, i8x16.lt_u(v, l3));
    }
    addLanes(counts, c0);
    addLanes(counts + 4, c1);
    addLanes(counts + 8, c2);
    addLanes(counts + 12, c3);
  }
}

// @ts-ignore: decorator
@inline
function addLanes(to: usize, bytes: v128): void {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  const low = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
  store<i32>(to, load<i32>(to) + low + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3));
}

/** SOURCE → TARGET: each byte by a factor (parameter 0), toward zero, at most 255. */
export function scaleBytes(bytes: i32): void {
  const factor = lanes(0);
  for (let at: usize = 0; at < <usize>bytes; at += 16) {
    const v = v128.load(SOURCE + at);
    const low = i16x8.extend_low_i8x16_u(v);
    const high = i16x8.extend_high_i8x16_u(v);
    const first = i16x8.narrow_i32x4_s(
      scaled(i32x4.extend_low_i16x8_u(low), factor),
      scaled(i32x4.extend_high_i16x8_u(low), factor),
    );
    const second = i16x8.narrow_i32x4_s(
      scaled(i32x4.extend_low_i16x8_u(high), factor),
      scaled(i32x4.extend_high_i16x8_u(high), factor),
    );
    v128.store(TARGET + at, i8x16.narrow_i16x8_u(first, second));
  }
}

// @ts-ignore: decorator
@inline
function scaled(bytes: v128, factor: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(bytes), factor));
}
