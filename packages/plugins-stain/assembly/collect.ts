import { firstHalves, highPairs, lowPairs, pairAt, quadAt, secondHalves } from "./gather";
import { lanes, SOURCE, SUMS, VALUES, VALUES_2 } from "./layout";
import { firstCoefficient, secondCoefficient } from "./lasso";

// One pass of a selection: for two brackets, how many values lie below, and those inside, in VALUES and VALUES_2.
// Parameters: 0, 1 the lasso's shares; 2, 3 the first bracket (from, to; both belong to it); 4, 5 the second;
// 12 tissue is below this. At SUMS, as i32: below the first, inside the first, below the second, inside the second.

let inside1: usize = 0;
let inside2: usize = 0;
let below1: i32 = 0;
let below2: i32 = 0;

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
  const end = SOURCE + <usize>pixels * 3;
  let p = SOURCE;
  for (; p + 12 <= end; p += 12) collectPairsAt(p, sparse, false, 4);
  if (p < end) collectPairsAt(p, sparse, true, <i32>(end - p) / 3);
  finish();
}

// @ts-ignore: decorator
@inline
function collectPairsAt(p: usize, sparse: bool, tail: bool, rest: i32): void {
  const u = lowPairs(pairAt(p), pairAt(p + 3)), v = lowPairs(pairAt(p + 6), pairAt(p + 9));
  const a = firstHalves(u, v), b = secondHalves(u, v);
  let h = a, e = b;
  if (sparse) {
    h = firstCoefficient(a, b, lanes(0));
    e = secondCoefficient(a, b, lanes(1));
  }
  if (tail) {
    const real = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest));
    h = v128.bitselect(h, none(), real);
    e = v128.bitselect(e, none(), real);
  }
  keepFirst(h);
  keepSecond(e);
}

/** Both brackets over y/x of the tissue, x > 0. Table: quads (x, y, what tells tissue, 0). What follows the picture must not be tissue. */
export function collectSlopes(pixels: i32): void {
  const threshold = lanes(12);
  start();
  for (let p = SOURCE, end = SOURCE + <usize>pixels * 3; p < end; p += 12) {
    const p0 = quadAt(p), p1 = quadAt(p + 3), p2 = quadAt(p + 6), p3 = quadAt(p + 9);
    const u = lowPairs(p0, p1), v = lowPairs(p2, p3);
    const tells = firstHalves(highPairs(p0, p1), highPairs(p2, p3));
    const slope = f32x4.div(secondHalves(u, v), firstHalves(u, v));
    const counted = v128.bitselect(slope, none(), f32x4.lt(tells, threshold));
    keepFirst(counted);
    keepSecond(counted);
  }
  finish();
}

// @ts-ignore: decorator
@inline
function start(): void {
  inside1 = VALUES;
  inside2 = VALUES_2;
  below1 = 0;
  below2 = 0;
}

// @ts-ignore: decorator
@inline
function keepFirst(v: v128): void {
  below1 += popcnt(i32x4.bitmask(f32x4.lt(v, lanes(2))));
  const inside = v128.and(f32x4.ge(v, lanes(2)), f32x4.le(v, lanes(3)));
  if (v128.any_true(inside)) inside1 = keep(inside1, v, inside);
}

// @ts-ignore: decorator
@inline
function keepSecond(v: v128): void {
  below2 += popcnt(i32x4.bitmask(f32x4.lt(v, lanes(4))));
  const inside = v128.and(f32x4.ge(v, lanes(4)), f32x4.le(v, lanes(5)));
  if (v128.any_true(inside)) inside2 = keep(inside2, v, inside);
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
function finish(): void {
  store<i32>(SUMS, below1);
  store<i32>(SUMS, <i32>(inside1 - VALUES) >> 2, 4);
  store<i32>(SUMS, below2, 8);
  store<i32>(SUMS, <i32>(inside2 - VALUES_2) >> 2, 12);
}
