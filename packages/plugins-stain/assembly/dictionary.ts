import { firstCoefficient, secondCoefficient } from "./lasso";
import { COLOURS, lanes, PLANES } from "./layout";
import { addToSum } from "./sums";

const GREEN: usize = <usize>COLOURS * 4;
const BLUE: usize = GREEN * 2;
const WEIGHT: usize = GREEN * 3;

/**
 * Adds to the sums, over the weighted colours at PLANES with α their coefficients: 0…2 of α₁², α₁α₂, α₂²; 3…5 of r, g, b
 * times α₁; 6…8 times α₂. Parameters: 0…3 the first unconstrained coefficient by r, g, b and its offset; 4…7 the
 * second; 8, 9 the lasso's shares. Every `step`th group of four colours counts; planes end in colours of weight 0.
 */
export function measureColours(colours: i32, step: i32): void {
  const zero = f32x4.splat(0);
  const stride = <usize>step * 16;
  const end = <usize>colours * 4;
  for (let at: usize = 0; at < end; ) {
    const stop = min(end, at + 256 * stride);
    let aa = zero, ab = zero, bb = zero, ra = zero, ga = zero, ba = zero, rb = zero, gb = zero, bB = zero;
    for (; at < stop; at += stride) {
      const r = v128.load(at, PLANES), g = v128.load(at, PLANES + GREEN), b = v128.load(at, PLANES + BLUE);
      const w = v128.load(at, PLANES + WEIGHT);
      const p = unconstrained(r, g, b, 0), q = unconstrained(r, g, b, 4);
      const u = firstCoefficient(p, q, lanes(8)), v = secondCoefficient(p, q, lanes(9));
      const wu = f32x4.mul(w, u), wv = f32x4.mul(w, v);
      aa = f32x4.add(aa, f32x4.mul(wu, u));
      ab = f32x4.add(ab, f32x4.mul(wu, v));
      bb = f32x4.add(bb, f32x4.mul(wv, v));
      ra = f32x4.add(ra, f32x4.mul(wu, r));
      ga = f32x4.add(ga, f32x4.mul(wu, g));
      ba = f32x4.add(ba, f32x4.mul(wu, b));
      rb = f32x4.add(rb, f32x4.mul(wv, r));
      gb = f32x4.add(gb, f32x4.mul(wv, g));
      bB = f32x4.add(bB, f32x4.mul(wv, b));
    }
    addToSum(0, aa);
    addToSum(1, ab);
    addToSum(2, bb);
    addToSum(3, ra);
    addToSum(4, ga);
    addToSum(5, ba);
    addToSum(6, rb);
    addToSum(7, gb);
    addToSum(8, bB);
  }
}

// @ts-ignore: decorator
@inline
function unconstrained(r: v128, g: v128, b: v128, index: usize): v128 {
  return f32x4.add(
    f32x4.mul(b, lanes(index + 2)),
    f32x4.add(f32x4.mul(g, lanes(index + 1)), f32x4.add(f32x4.mul(r, lanes(index)), lanes(index + 3))),
  );
}
