import { loadLanes, storeLanes } from "../lanes";

/**
 * out[s] = Σ x[r] over rows with ids[r] = s; numbers outside 0 … segments − 1 are left out.
 * x (rows, inner), out (segments, inner).
 */
export function unsortedSegmentSum(x: usize, ids: usize, out: usize, rows: i32, inner: i32, segments: i32): void {
  const bytes = <usize>inner << 2;
  memory.fill(out, 0, <usize>segments * bytes);
  for (let row = 0; row < rows; row++, ids += 4, x += bytes) {
    const id = load<i32>(ids);
    if (id < 0 || id >= segments) continue;
    const target = out + <usize>id * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      const lanes = min(4, <i32>((bytes - c) >> 2));
      storeLanes(target + c, f32x4.add(loadLanes(target + c, lanes), loadLanes(x + c, lanes)), lanes);
    }
  }
}
