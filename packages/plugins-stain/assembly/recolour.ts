import { exp2 } from "./exp2";
import { firstHalves, highPairs, lowPairs, pairAt, quadAt, secondHalves } from "./gather";
import { BLOCK, lanes, SCRATCH, SOURCE, TARGET } from "./layout";
import { firstCoefficient, secondCoefficient } from "./lasso";
import { storeBytes } from "./store-bytes";

// SOURCE → TARGET: the densities of two stains, C ← max(0, C + shift), and light from them: 2^(white − C·M). A stain's
// scale is in the tables and shares. Parameters: 0, 1 the lasso's shares; 2, 3 the shifts of haematoxylin and eosin; 4…6,
// 7…9 the rows of M by log₂ e, negated; 10 log₂ of white; 11 what is added before a value is cut to a byte; 12 tissue is
// below this.

/** More light than this is the largest byte, with half a level added or not. */
const BRIGHTEST: f32 = 7.99711; // log₂ 255.49
/** Less light than this is none; it keeps powers in the range of `exp2`. */
const DARKEST: f32 = -100;

/** Sparse, non-negative densities. Table: pairs. */
export function recolour(pixels: i32): void {
  const share1 = lanes(0), share2 = lanes(1);
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += 32) {
      const u = lowPairs(pairAt(SOURCE + p), pairAt(SOURCE + p + 3));
      const v = lowPairs(pairAt(SOURCE + p + 6), pairAt(SOURCE + p + 9));
      const a = firstHalves(u, v), b = secondHalves(u, v);
      v128.store(to, firstCoefficient(a, b, share1));
      v128.store(to, secondCoefficient(a, b, share2), 16);
    }
    lightOfBlock(at, stop, 32, false);
  }
}

/** Least squares: densities of either sign, negative ones brighten; no shift. Table: pairs. */
export function recolourSigned(pixels: i32): void {
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += 32) {
      const u = lowPairs(pairAt(SOURCE + p), pairAt(SOURCE + p + 3));
      const v = lowPairs(pairAt(SOURCE + p + 6), pairAt(SOURCE + p + 9));
      v128.store(to, firstHalves(u, v));
      v128.store(to, secondHalves(u, v), 16);
    }
    lightOfBlock(at, stop, 32, true);
  }
}

/** As `recolour`, tissue only; the rest is copied. Table: quads, the third entry tells tissue. */
export function recolourTissue(pixels: i32): void {
  const share1 = lanes(0), share2 = lanes(1), threshold = lanes(12);
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    for (let p = at, to = SCRATCH; p < stop; p += 12, to += 48) {
      const p0 = quadAt(SOURCE + p), p1 = quadAt(SOURCE + p + 3);
      const p2 = quadAt(SOURCE + p + 6), p3 = quadAt(SOURCE + p + 9);
      const u = lowPairs(p0, p1), v = lowPairs(p2, p3);
      const a = firstHalves(u, v), b = secondHalves(u, v);
      v128.store(to, firstCoefficient(a, b, share1));
      v128.store(to, secondCoefficient(a, b, share2), 16);
      const tells = firstHalves(highPairs(p0, p1), highPairs(p2, p3));
      const mask = f32x4.lt(tells, threshold);
      // Each pixel's mask in its three bytes, as the bytes will lie.
      v128.store(to, v128.shuffle<i8>(mask, mask, 0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12, 12, 12, 12, 12), 32);
    }
    lightOfBlock(at, stop, 48, false);
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 48) {
      const chosen = v128.bitselect(v128.load(TARGET + p), v128.load(SOURCE + p), v128.load(from, 32));
      // Not a byte more than these pixels: those that follow have yet to be chosen.
      v128.store64_lane(TARGET + p, chosen, 0);
      v128.store32_lane(TARGET + p + 8, chosen, 2);
    }
  }
}

/** @param stride Bytes of SCRATCH for a group of four pixels, whose densities come first. */
// @ts-ignore: decorator
@inline
function lightOfBlock(at: usize, stop: usize, stride: usize, signed: bool): void {
  const shiftH = lanes(2), shiftE = lanes(3);
  const hr = lanes(4), hg = lanes(5), hb = lanes(6), er = lanes(7), eg = lanes(8), eb = lanes(9);
  const white = lanes(10), cut = f32x4.add(f32x4.splat(256), lanes(11));
  const zero = f32x4.splat(0);
  for (let p = at, from = SCRATCH; p < stop; p += 12, from += stride) {
    let h = v128.load(from), e = v128.load(from, 16);
    if (!signed) {
      h = f32x4.pmax(zero, f32x4.add(h, shiftH));
      e = f32x4.pmax(zero, f32x4.add(e, shiftE));
    }
    const r = f32x4.add(f32x4.mul(e, er), f32x4.add(f32x4.mul(h, hr), white));
    const g = f32x4.add(f32x4.mul(e, eg), f32x4.add(f32x4.mul(h, hg), white));
    const b = f32x4.add(f32x4.mul(e, eb), f32x4.add(f32x4.mul(h, hb), white));
    storeBytes(TARGET + p, exp2(bounded(r)), exp2(bounded(g)), exp2(bounded(b)), cut);
  }
}

// @ts-ignore: decorator
@inline
function bounded(t: v128): v128 {
  return f32x4.pmin(f32x4.splat(BRIGHTEST), f32x4.pmax(f32x4.splat(DARKEST), t));
}
