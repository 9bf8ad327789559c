import { COLOURS, lanes, PARAMETERS, PLANES, SOURCE, TARGET } from "./layout";
import { blues, greens, pixelsAt, reds, storePixels } from "./pixels";
import { addToSum } from "./sums";

// One wave along a row of pixels. Parameters: 0…3 cosines and 4…7 sines of the wave at the first four pixels, 8 cosine and
// 9 sine of four pixels' way; 10…15 real and imaginary parts of red, green and blue. The waves of later pixels are turned
// from those before: after n pixels they are off by about n · 1e-8.

/** Bytes of a plane. */
const PLANE: usize = <usize>COLOURS * 4;

/** Adds to the sums, by channel, the pixels times the wave's cosines, and times its sines. @param first Its byte in SOURCE. */
export function waveSums(pixels: i32, first: i32): void {
  let cosines = v128.load(PARAMETERS), sines = v128.load(PARAMETERS, 16);
  const stepCosine = lanes(8), stepSine = lanes(9);
  let realR = f32x4.splat(0), realG = realR, realB = realR, imagR = realR, imagG = realR, imagB = realR;
  let p = SOURCE + <usize>first;
  for (let left = pixels; left > 0; left -= 4, p += 12) {
    if (left < 4) {
      const inside = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
      cosines = v128.and(cosines, inside);
      sines = v128.and(sines, inside);
    }
    const rgb = pixelsAt(p);
    const r = f32x4.convert_i32x4_s(reds(rgb)), g = f32x4.convert_i32x4_s(greens(rgb));
    const b = f32x4.convert_i32x4_s(blues(rgb));
    realR = f32x4.add(realR, f32x4.mul(r, cosines));
    realG = f32x4.add(realG, f32x4.mul(g, cosines));
    realB = f32x4.add(realB, f32x4.mul(b, cosines));
    imagR = f32x4.add(imagR, f32x4.mul(r, sines));
    imagG = f32x4.add(imagG, f32x4.mul(g, sines));
    imagB = f32x4.add(imagB, f32x4.mul(b, sines));
    const next = f32x4.sub(f32x4.mul(cosines, stepCosine), f32x4.mul(sines, stepSine));
    sines = f32x4.add(f32x4.mul(sines, stepCosine), f32x4.mul(cosines, stepSine));
    cosines = next;
  }
  addToSum(0, realR);
  addToSum(1, realG);
  addToSum(2, realB);
  addToSum(3, imagR);
  addToSum(4, imagG);
  addToSum(5, imagB);
}

/** Brings a row of pixels, from byte `first` of SOURCE on, to three planes. */
export function rowToPlanes(pixels: i32, first: i32): void {
  let p = SOURCE + <usize>first;
  for (let to = PLANES, end = to + <usize>pixels * 4; to < end; to += 16, p += 12) {
    const rgb = pixelsAt(p);
    v128.store(to, f32x4.convert_i32x4_s(reds(rgb)));
    v128.store(to + PLANE, f32x4.convert_i32x4_s(greens(rgb)));
    v128.store(to + 2 * PLANE, f32x4.convert_i32x4_s(blues(rgb)));
  }
}

/** Adds to each plane its real part times the wave's cosines, less its imaginary part times the sines. */
export function addWave(pixels: i32): void {
  let cosines = v128.load(PARAMETERS), sines = v128.load(PARAMETERS, 16);
  const stepCosine = lanes(8), stepSine = lanes(9);
  const realR = lanes(10), imagR = lanes(11), realG = lanes(12), imagG = lanes(13), realB = lanes(14), imagB = lanes(15);
  for (let to = PLANES, end = to + <usize>pixels * 4; to < end; to += 16) {
    addTo(to, cosines, sines, realR, imagR);
    addTo(to + PLANE, cosines, sines, realG, imagG);
    addTo(to + 2 * PLANE, cosines, sines, realB, imagB);
    const next = f32x4.sub(f32x4.mul(cosines, stepCosine), f32x4.mul(sines, stepSine));
    sines = f32x4.add(f32x4.mul(sines, stepCosine), f32x4.mul(cosines, stepSine));
    cosines = next;
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, cosines: v128, sines: v128, real: v128, imaginary: v128): void {
  const wave = f32x4.sub(f32x4.mul(cosines, real), f32x4.mul(sines, imaginary));
  v128.store(at, f32x4.add(v128.load(at), wave));
}

/** The planes as a row of pixels from byte `first` of TARGET on, to the nearest bytes; up to three pixels more. */
export function planesToRow(pixels: i32, first: i32): void {
  let p = TARGET + <usize>first;
  for (let from = PLANES, end = from + <usize>pixels * 4; from < end; from += 16, p += 12) {
    storePixels(p, nearest(from), nearest(from + PLANE), nearest(from + 2 * PLANE));
  }
}

// @ts-ignore: decorator
@inline
function nearest(at: usize): v128 {
  const level = f32x4.max(f32x4.splat(0), f32x4.min(f32x4.splat(255), v128.load(at)));
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(level));
}
