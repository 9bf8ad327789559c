import { firstHalves, highPairs, lowPairs, pairAt, quadAt, secondHalves } from "./gather";
import { lanes, SOURCE, SUMS, VALUES, VALUES_2 } from "./layout";
import { firstCoefficient, secondCoefficient } from "./lasso";

// One pass of a selection: for two brackets, how many values lie below, and those inside, in VALUES and VALUES_2.
// Parameters: 0, 1 the lasso's shares; 2, 3 the first bracket (from, to; both belong to it); 4, 5 the second;
// 12 tissue is below this. At SUMS, as i32: below the first, inside the first, below the second, inside the second.

let inside1: usize = 0;
let inside2: usize = 0;

/** Compares false with every bracket. */
// @ts-ignore: decorator
@inline
function none(): v128 {
  return f32x4.splat(f32.NaN);
}

/** The first bracket over haematoxylin's sparse densities, the second over eosin's. Table: pairs. */
export function collectDensities(pixels: i32): void {
  collectPairs(pixels, true);
}

/** The same by least squares. */
export function collectSignedDensities(pixels: i32): void {
  collectPairs(pixels, false);
}

// @ts-ignore: decorator
@inline
function collectPairs(pixels: i32, sparse: bool): void {
  start();
  const share1 = lanes(0), share2 = lanes(1);
  const from1 = lanes(2), to1 = lanes(3), from2 = lanes(4), to2 = lanes(5);
  let below1 = i32x4.splat(0), below2 = below1;
  for (let p = SOURCE, rest = pixels; rest > 0; p += 12, rest -= 4) {
    const u = lowPairs(pairAt(p), pairAt(p + 3)), v = lowPairs(pairAt(p + 6), pairAt(p + 9));
    const a = firstHalves(u, v), b = secondHalves(u, v);
    let h = a, e = b;
    if (sparse) {
      h = firstCoefficient(a, b, share1);
      e = secondCoefficient(a, b, share2);
    }
    if (rest < 4) {
      const real = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest));
      h = v128.bitselect(h, none(), real);
      e = v128.bitselect(e, none(), real);
    }
    below1 = i32x4.sub(below1, f32x4.lt(h, from1));
    below2 = i32x4.sub(below2, f32x4.lt(e, from2));
    const in1 = v128.and(f32x4.ge(h, from1), f32x4.le(h, to1));
    const in2 = v128.and(f32x4.ge(e, from2), f32x4.le(e, to2));
    if (v128.any_true(v128.or(in1, in2))) keepBoth(h, in1, e, in2);
  }
  finish(below1, below2);
}

/** Both brackets over y/x of the tissue, x > 0. Table: quads (x, y, what tells tissue, 0). What follows the picture must not be tissue. */
export function collectSlopes(pixels: i32): void {
  start();
  const threshold = lanes(12);
  const from1 = lanes(2), to1 = lanes(3), from2 = lanes(4), to2 = lanes(5);
  let below1 = i32x4.splat(0), below2 = below1;
  for (let p = SOURCE, end = SOURCE + <usize>pixels * 3; p < end; p += 12) {
    const p0 = quadAt(p), p1 = quadAt(p + 3), p2 = quadAt(p + 6), p3 = quadAt(p + 9);
    const u = lowPairs(p0, p1), v = lowPairs(p2, p3);
    const tells = firstHalves(highPairs(p0, p1), highPairs(p2, p3));
    const slope = f32x4.div(secondHalves(u, v), firstHalves(u, v));
    const tissue = f32x4.lt(tells, threshold);
    below1 = i32x4.sub(below1, v128.and(tissue, f32x4.lt(slope, from1)));
    below2 = i32x4.sub(below2, v128.and(tissue, f32x4.lt(slope, from2)));
    const in1 = v128.and(tissue, v128.and(f32x4.ge(slope, from1), f32x4.le(slope, to1)));
    const in2 = v128.and(tissue, v128.and(f32x4.ge(slope, from2), f32x4.le(slope, to2)));
    if (v128.any_true(v128.or(in1, in2))) keepBoth(slope, in1, slope, in2);
  }
  finish(below1, below2);
}

// @ts-ignore: decorator
@inline
function start(): void {
  inside1 = VALUES;
  inside2 = VALUES_2;
}

function keepBoth(v: v128, in1: v128, w: v128, in2: v128): void {
  if (v128.any_true(in1)) inside1 = keep(inside1, v, in1);
  if (v128.any_true(in2)) inside2 = keep(inside2, w, in2);
}

/** Writes every lane and moves on by those that belong: no branch to mispredict. */
function keep(to: usize, v: v128, inside: v128): usize {
  const bits = <usize>i32x4.bitmask(inside);
  v128.store32_lane(to, v, 0);
  to += (bits & 1) << 2;
  v128.store32_lane(to, v, 1);
  to += (bits & 2) << 1;
  v128.store32_lane(to, v, 2);
  to += bits & 4;
  v128.store32_lane(to, v, 3);
  return to + ((bits & 8) >> 1);
}

// @ts-ignore: decorator
@inline
function finish(below1: v128, below2: v128): void {
  store<i32>(SUMS, lanesTogether(below1));
  store<i32>(SUMS, <i32>(inside1 - VALUES) >> 2, 4);
  store<i32>(SUMS, lanesTogether(below2), 8);
  store<i32>(SUMS, <i32>(inside2 - VALUES_2) >> 2, 12);
}

// @ts-ignore: decorator
@inline
function lanesTogether(v: v128): i32 {
  const low = i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1);
  return low + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}
