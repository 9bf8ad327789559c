import { firstHalves, lowPairs, pairAt } from "./gather";
import { lanes, SOURCE, SUMS } from "./layout";

/** Adds to the first sum how many pixels of SOURCE are tissue. Table: pairs, the first tells tissue; parameter 12: it is below this. */
export function countTissue(pixels: i32): void {
  const threshold = lanes(12);
  let count = i32x4.splat(0);
  for (let p = SOURCE, end = SOURCE + <usize>pixels * 3; p < end; p += 12) {
    const tells = firstHalves(lowPairs(pairAt(p), pairAt(p + 3)), lowPairs(pairAt(p + 6), pairAt(p + 9)));
    count = i32x4.sub(count, f32x4.lt(tells, threshold));
  }
  const low = i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1);
  store<f64>(SUMS, load<f64>(SUMS) + <f64>(low + i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3)));
}
