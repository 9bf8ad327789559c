import { flush, ROWS_PER_BLOCK } from "../row-blocks";
import { loadLanes, storeLanes } from "../lanes";
import { sigmoid4 } from "../sigmoid";

/** Bytes of scratch that the functions of this file need. */
export function sigmoidScaleScratchBytes(channels: i32): usize {
  return <usize>channels << 4;
}

/** y = x·sigmoid(gate); x and y (batch, rows, channels), gate (batch, channels). */
export function sigmoidScale(
  x: usize, gate: usize, y: usize, scratch: usize, batch: i32, rows: i32, channels: i32,
): void {
  const bytes = <usize>channels << 2;
  for (let n = 0; n < batch; n++, gate += bytes) {
    sigmoids(gate, scratch, bytes);
    for (let row = 0; row < rows; row++, x += bytes, y += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const lanes = min(4, <i32>((bytes - c) >> 2));
        storeLanes(y + c, f32x4.mul(loadLanes(x + c, lanes), loadLanes(scratch + c, lanes)), lanes);
      }
    }
  }
}

/** dx = dy·s, dgate = s·(1 − s)·Σ dy·x over rows, s = sigmoid(gate). */
export function sigmoidScaleGrad(
  dy: usize, x: usize, gate: usize, dx: usize, dgate: usize, scratch: usize, batch: i32, rows: i32, channels: i32,
): void {
  const bytes = <usize>channels << 2;
  const partial = scratch + bytes;
  const totals = partial + bytes;
  for (let n = 0; n < batch; n++, gate += bytes, dgate += bytes) {
    sigmoids(gate, scratch, bytes);
    memory.fill(partial, 0, 3 * bytes);
    for (let row = 0; row < rows; ) {
      const stop = min(rows, row + ROWS_PER_BLOCK);
      for (; row < stop; row++, dy += bytes, x += bytes, dx += bytes) {
        for (let c: usize = 0; c < bytes; c += 16) {
          const lanes = min(4, <i32>((bytes - c) >> 2));
          const g = loadLanes(dy + c, lanes);
          storeLanes(dx + c, f32x4.mul(g, loadLanes(scratch + c, lanes)), lanes);
          const product = f32x4.mul(g, loadLanes(x + c, lanes));
          storeLanes(partial + c, f32x4.add(loadLanes(partial + c, lanes), product), lanes);
        }
      }
      flush(partial, totals, channels);
    }
    for (let c: usize = 0; c < bytes; c += 4) {
      const s = <f64>load<f32>(scratch + c);
      store<f32>(dgate + c, <f32>(s * (1 - s) * load<f64>(totals + (c << 1))));
    }
  }
}

function sigmoids(gate: usize, out: usize, bytes: usize): void {
  for (let c: usize = 0; c < bytes; c += 16) {
    const lanes = min(4, <i32>((bytes - c) >> 2));
    storeLanes(out + c, sigmoid4(loadLanes(gate + c, lanes)), lanes);
  }
}
