import { randomWords } from "./random-words";

// Standard normals in pairs of vectors, by Box and Muller (1958), each pair from two vectors of random words.

/** √(−2 ln u) of u = (word / 2⁸ + ½) / 2²⁴: u is never 0, and the radius at most 5.9. */
// @ts-ignore: decorator
@inline
function radii(words: v128): v128 {
  const u = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(0.5)), f32x4.splat(5.9604644775390625e-8));
  return f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logarithms(f32x4.min(u, f32x4.splat(0.99999994)))));
}

/** ln of 2⁻²⁵ ≤ v < 1 by the Cephes library's polynomial: v = m·2ᵉ with ½ √2 ≤ m < √2. */
// @ts-ignore: decorator
@inline
function logarithms(v: v128): v128 {
  const bits = i32x4.sub(v, i32x4.splat(0x3f3504f3));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const x = f32x4.sub(mantissa, f32x4.splat(1));
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(0.070376836292);
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-0.1151461031));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.11676998740));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-0.12420140846));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.14249322787));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-0.16668057665));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.20000714765));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-0.24999993993));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(0.33333331174));
  const tail = f32x4.sub(f32x4.mul(f32x4.mul(p, x), square), f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(x, tail), f32x4.mul(exponent, f32x4.splat(0.6931471805599453)));
}

/** sin 2πt of −⅛ ≤ t ≤ ⅛: Taylor's polynomial, within 4e-7. */
// @ts-ignore: decorator
@inline
function sines(t: v128): v128 {
  const square = f32x4.mul(t, t);
  let p = f32x4.splat(-76.70585975306136);
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(81.60524927607504));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-41.341702240399755));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(6.283185307179586));
  return f32x4.mul(p, t);
}

/** cos 2πt likewise. */
// @ts-ignore: decorator
@inline
function cosines(t: v128): v128 {
  const square = f32x4.mul(t, t);
  let p = f32x4.splat(60.24464137187666);
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-85.45681720669373));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(64.9393940226683));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-19.739208802178716));
  return f32x4.add(f32x4.mul(p, square), f32x4.splat(1));
}

/** Takes two vectors of words at `from` to normals at `to`, which may be the same place. */
// @ts-ignore: decorator
@inline
export function pairOfNormals(from: usize, to: usize): void {
  const radius = radii(v128.load(from));
  const words = v128.load(from, 16);
  // Turns of −½ … ½: the nearest quarter, and what is left of it.
  const quarter = i32x4.shr_s(i32x4.add(i32x4.shr_s(words, 1), i32x4.splat(0x10000000)), 29);
  const rest = i32x4.sub(words, i32x4.shl(quarter, 30));
  const t = f32x4.mul(f32x4.convert_i32x4_s(rest), f32x4.splat(2.3283064365386963e-10));
  const sine = sines(t), cosine = cosines(t);
  const odd = i32x4.shr_s(i32x4.shl(quarter, 31), 31);
  const sign = i32x4.splat(<i32>0x80000000);
  const alongX = v128.bitselect(sine, cosine, odd), alongY = v128.bitselect(cosine, sine, odd);
  const signX = v128.and(i32x4.shl(i32x4.add(quarter, i32x4.splat(1)), 30), sign);
  const signY = v128.and(i32x4.shl(quarter, 30), sign);
  v128.store(to, f32x4.mul(radius, v128.xor(alongX, signX)));
  v128.store(to, f32x4.mul(radius, v128.xor(alongY, signY)), 16);
}

/** Writes `count` standard normals (f32), and up to seven more. @param state As of `randomWords`. */
export function normals(state: usize, to: usize, count: i32): void {
  const bytes = ((<usize>count + 7) >> 3) << 5;
  randomWords(state, to, <i32>bytes);
  for (const end = to + bytes; to < end; to += 32) pairOfNormals(to, to);
}
