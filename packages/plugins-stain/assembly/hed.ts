import { exp2 } from "./exp2";
import { firstHalves, highPairs, lowPairs, quadAt, secondHalves } from "./gather";
import { BLOCK, lanes, SCRATCH, SOURCE, SUMS, TARGET } from "./layout";
import { storeBytes } from "./store-bytes";

// Three stains by colour deconvolution. Table: quads (h, e, d, 0). Parameters: 0…2 scale, 3…5 shift of each stain;
// 6…14 the rows of the stain matrix by the base-2 logarithm of the units; 15 gain, 16 offset of the light.


/** Adds to the sums: 0…2 the densities of SOURCE, 3…5 their squares. */
export function hedSums(pixels: i32): void {
  const zero = f32x4.splat(0);
  for (let at = SOURCE, end = SOURCE + <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    // One pixel a vector: its three stains are its lanes.
    let s = zero, q = zero, t = zero, r = zero;
    for (let p = at; p < stop; p += 6) {
      const v = f32x4.pmax(zero, quadAt(p)), w = f32x4.pmax(zero, quadAt(p + 3));
      s = f32x4.add(s, v);
      t = f32x4.add(t, w);
      q = f32x4.add(q, f32x4.mul(v, v));
      r = f32x4.add(r, f32x4.mul(w, w));
    }
    addStains(0, f32x4.add(s, t));
    addStains(3, f32x4.add(q, r));
  }
}

// @ts-ignore: decorator
@inline
function addStains(index: usize, v: v128): void {
  const at = SUMS + (index << 3);
  store<f64>(at, load<f64>(at) + <f64>f32x4.extract_lane(v, 0));
  store<f64>(at, load<f64>(at, 8) + <f64>f32x4.extract_lane(v, 1), 8);
  store<f64>(at, load<f64>(at, 16) + <f64>f32x4.extract_lane(v, 2), 16);
}

/** SOURCE → TARGET: s ← s·scale + shift, light = min(1, exp(−s·M)), bytes = light·gain + offset, toward zero. */
export function hedRecolour(pixels: i32): void {
  const gain = lanes(15), cut = f32x4.add(f32x4.splat(256), lanes(16));
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    stainsOfBlock(at, stop);
    const hr = lanes(6), hg = lanes(7), hb = lanes(8), er = lanes(9), eg = lanes(10), eb = lanes(11);
    const dr = lanes(12), dg = lanes(13), db = lanes(14);
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 48) {
      const h = v128.load(from), e = v128.load(from, 16), d = v128.load(from, 32);
      storeBytes(
        TARGET + p,
        byteOf(light(h, e, d, hr, er, dr), gain, cut),
        byteOf(light(h, e, d, hg, eg, dg), gain, cut),
        byteOf(light(h, e, d, hb, eb, db), gain, cut),
        f32x4.splat(0),
      );
    }
  }
}

/** Widens the range at SUMS (least, most; f64) by the light of SOURCE. */
export function hedExtremes(pixels: i32): void {
  let least = f32x4.splat(<f32>load<f64>(SUMS)), most = f32x4.splat(<f32>load<f64>(SUMS, 8));
  const hr = lanes(6), hg = lanes(7), hb = lanes(8), er = lanes(9), eg = lanes(10), eb = lanes(11);
  const dr = lanes(12), dg = lanes(13), db = lanes(14);
  for (let at: usize = 0, end = <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    stainsOfBlock(at, stop);
    for (let p = at, from = SCRATCH; p < stop; p += 12, from += 48) {
      const h = v128.load(from), e = v128.load(from, 16), d = v128.load(from, 32);
      const r = light(h, e, d, hr, er, dr), g = light(h, e, d, hg, eg, dg), b = light(h, e, d, hb, eb, db);
      least = f32x4.pmin(least, f32x4.pmin(r, f32x4.pmin(g, b)));
      most = f32x4.pmax(most, f32x4.pmax(r, f32x4.pmax(g, b)));
    }
  }
  const low = v128.shuffle<i32>(least, least, 2, 3, 0, 1), high = v128.shuffle<i32>(most, most, 2, 3, 0, 1);
  least = f32x4.pmin(least, low);
  most = f32x4.pmax(most, high);
  store<f64>(SUMS, min(<f64>f32x4.extract_lane(least, 0), <f64>f32x4.extract_lane(least, 1)));
  store<f64>(SUMS, max(<f64>f32x4.extract_lane(most, 0), <f64>f32x4.extract_lane(most, 1)), 8);
}

/** The scaled and shifted stains of a block, four pixels at a time, one vector a stain, in SCRATCH. */
// @ts-ignore: decorator
@inline
function stainsOfBlock(at: usize, stop: usize): void {
  const zero = f32x4.splat(0);
  const scaleH = lanes(0), scaleE = lanes(1), scaleD = lanes(2), shiftH = lanes(3), shiftE = lanes(4), shiftD = lanes(5);
  for (let p = at, to = SCRATCH; p < stop; p += 12, to += 48) {
    const p0 = quadAt(SOURCE + p), p1 = quadAt(SOURCE + p + 3);
    const p2 = quadAt(SOURCE + p + 6), p3 = quadAt(SOURCE + p + 9);
    const u = lowPairs(p0, p1), v = lowPairs(p2, p3);
    const h = f32x4.pmax(zero, firstHalves(u, v)), e = f32x4.pmax(zero, secondHalves(u, v));
    const d = f32x4.pmax(zero, firstHalves(highPairs(p0, p1), highPairs(p2, p3)));
    v128.store(to, f32x4.add(f32x4.mul(h, scaleH), shiftH));
    v128.store(to, f32x4.add(f32x4.mul(e, scaleE), shiftE), 16);
    v128.store(to, f32x4.add(f32x4.mul(d, scaleD), shiftD), 32);
  }
}

/** 0…1 */
// @ts-ignore: decorator
@inline
function light(h: v128, e: v128, d: v128, ofH: v128, ofE: v128, ofD: v128): v128 {
  const t = f32x4.add(f32x4.add(f32x4.mul(h, ofH), f32x4.mul(e, ofE)), f32x4.mul(d, ofD));
  const power = exp2(f32x4.pmax(f32x4.splat(-100), f32x4.pmin(f32x4.splat(0), t)));
  return f32x4.pmin(f32x4.splat(1), power);
}

/** The byte and 256, for `storeBytes`. */
// @ts-ignore: decorator
@inline
function byteOf(light: v128, gain: v128, cut: v128): v128 {
  const v = f32x4.add(f32x4.mul(light, gain), cut);
  return f32x4.pmin(f32x4.splat(511.5), f32x4.pmax(f32x4.splat(256), v));
}
