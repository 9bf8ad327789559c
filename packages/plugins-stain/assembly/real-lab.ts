import { firstHalves, highPairs, lowPairs, quadAt, secondHalves } from "./gather";
import { inverseCubeRoot } from "./inverse-cube-root";
import { BLOCK, SCRATCH, SOURCE, SUMS } from "./layout";

// CIE L*a*b* in real numbers. Table: quads (X, Y, Z, 0), each over its white. Its roots x, y, z of four pixels are three
// vectors of SCRATCH; L = 116 y − 16, a = 500 (x − y), b = 200 (y − z).

/** Bytes of SCRATCH for four pixels. */
export const FOUR: usize = 48;

/**
 * Adds to the sums: 0…2 of L, a, b of SOURCE; 3…5 of their squares. A block's sums are about its first pixel: what varies
 * little keeps its digits, and one colour has no deviation.
 */
export function realLabSums(pixels: i32): void {
  for (let first = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    const at = SOURCE + <usize>first * 3;
    rootsOfBlock(at, at + <usize>count * 3);
    const x0 = v128.load32_splat(SCRATCH), y0 = v128.load32_splat(SCRATCH + 16), z0 = v128.load32_splat(SCRATCH + 32);
    let l = f32x4.splat(0), a = l, b = l, ll = l, aa = l, bb = l;
    for (let pixel = 0, from = SCRATCH; pixel < count; pixel += 4, from += FOUR) {
      const real = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count - pixel));
      const x = v128.and(f32x4.sub(v128.load(from), x0), real);
      const y = v128.and(f32x4.sub(v128.load(from, 16), y0), real);
      const z = v128.and(f32x4.sub(v128.load(from, 32), z0), real);
      const dl = f32x4.mul(y, f32x4.splat(116));
      const da = f32x4.mul(f32x4.sub(x, y), f32x4.splat(500));
      const db = f32x4.mul(f32x4.sub(y, z), f32x4.splat(200));
      l = f32x4.add(l, dl);
      a = f32x4.add(a, da);
      b = f32x4.add(b, db);
      ll = f32x4.add(ll, f32x4.mul(dl, dl));
      aa = f32x4.add(aa, f32x4.mul(da, da));
      bb = f32x4.add(bb, f32x4.mul(db, db));
    }
    const rx = <f64>load<f32>(SCRATCH), ry = <f64>load<f32>(SCRATCH, 16), rz = <f64>load<f32>(SCRATCH, 32);
    addAbout(0, count, 116 * ry - 16, l, ll);
    addAbout(1, count, 500 * (rx - ry), a, aa);
    addAbout(2, count, 200 * (ry - rz), b, bb);
  }
}

/** Adds `count` values, given as the sums of their distances from `centre` and of the squares of these. */
function addAbout(channel: usize, count: i32, centre: f64, distances: v128, squares: v128): void {
  const at = SUMS + (channel << 3);
  const sum = lanesTogether(distances);
  const n = <f64>count;
  store<f64>(at, load<f64>(at) + n * centre + sum);
  store<f64>(at, load<f64>(at, 24) + n * centre * centre + 2 * centre * sum + lanesTogether(squares), 24);
}

// @ts-ignore: decorator
@inline
function lanesTogether(v: v128): f64 {
  const low = <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1);
  return low + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3);
}

/** SCRATCH ← roots of the pixels from `at` to `stop`, and of as many more as fill a group of four. */
// @ts-ignore: decorator
@inline
export function rootsOfBlock(at: usize, stop: usize): void {
  for (let p = at, to = SCRATCH; p < stop; p += 12, to += FOUR) {
    const p0 = quadAt(p), p1 = quadAt(p + 3), p2 = quadAt(p + 6), p3 = quadAt(p + 9);
    const u = lowPairs(p0, p1), v = lowPairs(p2, p3);
    v128.store(to, root(firstHalves(u, v)));
    v128.store(to, root(secondHalves(u, v)), 16);
    v128.store(to, root(firstHalves(highPairs(p0, p1), highPairs(p2, p3))), 32);
  }
}

/** ∛t, a line below 0.008856. */
// @ts-ignore: decorator
@inline
function root(t: v128): v128 {
  const y = inverseCubeRoot(t);
  const bright = f32x4.mul(f32x4.mul(y, y), t);
  const dark = f32x4.add(f32x4.mul(t, f32x4.splat(7.787)), f32x4.splat(16 / 116));
  return v128.bitselect(bright, dark, f32x4.gt(t, f32x4.splat(0.008856)));
}
