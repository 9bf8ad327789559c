import { firstHalves, highPairs, lowPairs, quadAt, secondHalves } from "./gather";
import { BLOCK, lanes, SOURCE } from "./layout";
import { addToSum } from "./sums";

/**
 * Adds to the sums, over the tissue of SOURCE: 0 the count; 1…3 optical densities r, g, b; 4…9 rr, rg, rb, gg, gb, bb.
 * Table: quads (r, g, b, what tells tissue), each channel in its own place. Parameter 12: tissue is below this.
 */
export function moments(pixels: i32): void {
  const threshold = lanes(12);
  for (let at = SOURCE, end = SOURCE + <usize>pixels * 3; at < end; at += BLOCK * 3) {
    const stop = min(end, at + BLOCK * 3);
    let n = f32x4.splat(0), r1 = n, g1 = n, b1 = n, rr = n, rg = n, rb = n, gg = n, gb = n, bb = n;
    for (let p = at; p < stop; p += 12) {
      const p0 = quadAt(p), p1 = quadAt(p + 3), p2 = quadAt(p + 6), p3 = quadAt(p + 9);
      const u = lowPairs(p0, p1), v = lowPairs(p2, p3), w = highPairs(p0, p1), x = highPairs(p2, p3);
      const mask = f32x4.lt(secondHalves(w, x), threshold);
      const r = v128.and(firstHalves(u, v), mask);
      const g = v128.and(secondHalves(u, v), mask);
      const b = v128.and(firstHalves(w, x), mask);
      n = f32x4.add(n, v128.and(f32x4.splat(1), mask));
      r1 = f32x4.add(r1, r);
      g1 = f32x4.add(g1, g);
      b1 = f32x4.add(b1, b);
      rr = f32x4.add(rr, f32x4.mul(r, r));
      rg = f32x4.add(rg, f32x4.mul(r, g));
      rb = f32x4.add(rb, f32x4.mul(r, b));
      gg = f32x4.add(gg, f32x4.mul(g, g));
      gb = f32x4.add(gb, f32x4.mul(g, b));
      bb = f32x4.add(bb, f32x4.mul(b, b));
    }
    addToSum(0, n);
    addToSum(1, r1);
    addToSum(2, g1);
    addToSum(3, b1);
    addToSum(4, rr);
    addToSum(5, rg);
    addToSum(6, rb);
    addToSum(7, gg);
    addToSum(8, gb);
    addToSum(9, bb);
  }
}
