import { STEPS } from "../layout";

/**
 * The cosine transform of a block of f32 (Arai, Agui and Nakajima, 1988; its scale is part of STEPS), as whole steps of
 * the quantiser, i32. What was left to right is top to bottom afterwards.
 * @param colour 0 luma, 1 chroma.
 */
export function transform(block: usize, colour: usize): void {
  columns(block);
  columns(block + 16);
  transpose(block);
  columns(block);
  columns(block + 16);
  const steps = STEPS + 256 * colour;
  for (let at: usize = 0; at < 256; at += 16) {
    const level = f32x4.nearest(f32x4.mul(v128.load(block + at), v128.load(steps + at)));
    v128.store(block + at, i32x4.trunc_sat_f32x4_s(level));
  }
}

/** Four columns of eight. */
function columns(p: usize): void {
  const d0 = v128.load(p), d1 = v128.load(p, 32), d2 = v128.load(p, 64), d3 = v128.load(p, 96);
  const d4 = v128.load(p, 128), d5 = v128.load(p, 160), d6 = v128.load(p, 192), d7 = v128.load(p, 224);
  const s0 = f32x4.add(d0, d7), t0 = f32x4.sub(d0, d7);
  const s1 = f32x4.add(d1, d6), t1 = f32x4.sub(d1, d6);
  const s2 = f32x4.add(d2, d5), t2 = f32x4.sub(d2, d5);
  const s3 = f32x4.add(d3, d4), t3 = f32x4.sub(d3, d4);
  // Even frequencies.
  const a = f32x4.add(s0, s3), b = f32x4.add(s1, s2), c = f32x4.sub(s0, s3);
  const even = f32x4.mul(f32x4.add(f32x4.sub(s1, s2), c), f32x4.splat(0.707106781));
  v128.store(p, f32x4.add(a, b));
  v128.store(p, f32x4.add(c, even), 64);
  v128.store(p, f32x4.sub(a, b), 128);
  v128.store(p, f32x4.sub(c, even), 192);
  // Odd ones.
  const u = f32x4.add(t3, t2), v = f32x4.mul(f32x4.add(t2, t1), f32x4.splat(0.707106781)), w = f32x4.add(t1, t0);
  const turn = f32x4.mul(f32x4.sub(u, w), f32x4.splat(0.382683433));
  const low = f32x4.add(f32x4.mul(u, f32x4.splat(0.5411961)), turn);
  const high = f32x4.add(f32x4.mul(w, f32x4.splat(1.306562965)), turn);
  const sum = f32x4.add(t0, v), difference = f32x4.sub(t0, v);
  v128.store(p, f32x4.add(sum, high), 32);
  v128.store(p, f32x4.sub(difference, low), 96);
  v128.store(p, f32x4.add(difference, low), 160);
  v128.store(p, f32x4.sub(sum, high), 224);
}

function transpose(p: usize): void {
  turn(p, p);
  turn(p + 144, p + 144);
  // The two quarters beside the diagonal change places.
  const r0 = v128.load(p, 16), r1 = v128.load(p, 48), r2 = v128.load(p, 80), r3 = v128.load(p, 112);
  turn(p + 128, p + 16);
  storeTurned(p + 128, r0, r1, r2, r3);
}

/** Turns the 4 × 4 at `from` about its diagonal, to `to`. */
// @ts-ignore: decorator
@inline
function turn(from: usize, to: usize): void {
  storeTurned(to, v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96));
}

// @ts-ignore: decorator
@inline
function storeTurned(to: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const a = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), b = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7), d = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(to, v128.shuffle<i64>(a, b, 1, 3), 32);
  v128.store(to, v128.shuffle<i64>(c, d, 0, 2), 64);
  v128.store(to, v128.shuffle<i64>(c, d, 1, 3), 96);
}
