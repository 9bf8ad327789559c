import { loadLanes, storeLanes } from "../lanes";

/** average += rest · (variable − average) over n values, in place. @param rest 1 − decay */
export function movingAverage(average: usize, variable: usize, n: i32, rest: f32): void {
  for (; n > 0; n -= 4, average += 16, variable += 16) {
    const lanes = min(4, n);
    const a = loadLanes(average, lanes);
    const way = f32x4.sub(loadLanes(variable, lanes), a);
    storeLanes(average, f32x4.add(a, f32x4.mul(f32x4.splat(rest), way)), lanes);
  }
}
