import { loadLanes, storeLanes } from "../lanes";

/** y[n, r, c] = factor · x[n, c] for every row r; y (batch, rows, channels). */
export function broadcastRows(x: usize, y: usize, batch: i32, rows: i32, channels: i32, factor: f32): void {
  const bytes = <usize>channels << 2;
  const scale = f32x4.splat(factor);
  for (let n = 0; n < batch; n++, x += bytes) {
    for (let row = 0; row < rows; row++, y += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const lanes = min(4, <i32>((bytes - c) >> 2));
        storeLanes(y + c, f32x4.mul(loadLanes(x + c, lanes), scale), lanes);
      }
    }
  }
}
