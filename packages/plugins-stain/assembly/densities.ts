import { firstHalves, lowPairs, pairAt, secondHalves } from "./gather";
import { lanes, SOURCE, VALUES } from "./layout";
import { firstCoefficient, secondCoefficient } from "./lasso";

/**
 * SOURCE → VALUES: sparse, non-negative densities of two stains, two f32 a pixel. Table: pairs. Parameters: 0, 1 the
 * lasso's shares.
 */
export function densities(pixels: i32): void {
  const share1 = lanes(0);
  const share2 = lanes(1);
  for (let p = SOURCE, to = VALUES, end = SOURCE + <usize>pixels * 3; p < end; p += 12, to += 32) {
    const u = lowPairs(pairAt(p), pairAt(p + 3));
    const v = lowPairs(pairAt(p + 6), pairAt(p + 9));
    const a = firstHalves(u, v);
    const b = secondHalves(u, v);
    const h = firstCoefficient(a, b, share1);
    const e = secondCoefficient(a, b, share2);
    v128.store(to, v128.shuffle<i32>(h, e, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<i32>(h, e, 2, 6, 3, 7), 16);
  }
}

/** The same by least squares: densities of either sign. */
export function signedDensities(pixels: i32): void {
  for (let p = SOURCE, to = VALUES, end = SOURCE + <usize>pixels * 3; p < end; p += 3, to += 8) {
    v128.store64_lane(to, pairAt(p), 0);
  }
}
