import { loadLanes, storeLanes } from "../lanes";

// Output i is at (i + ½)/factor − ½ of the input: between two pixels, of which the farther one weighs |offset| of the
// nearer one's distance. Borders are repeated. One axis after the other, over one row of scratch.

/** Bytes of scratch that the functions of this file need: one row of the input. */
export function upsampleBilinearScratchBytes(width: i32, channels: i32): usize {
  return <usize>(width * channels) << 2;
}

/** x (batch, height, width, channels) → y (batch, factor·height, factor·width, channels). */
export function upsampleBilinear(
  x: usize, y: usize, scratch: usize, batch: i32, height: i32, width: i32, channels: i32, factor: i32,
): void {
  const bytes = <usize>channels << 2;
  const rowBytes = <usize>width * bytes;
  for (let n = 0; n < batch; n++, x += <usize>height * rowBytes) {
    for (let row = 0; row < height; row++) {
      for (let phase = 0; phase < factor; phase++) {
        const offset = offsetOf(phase, factor);
        blend(x + <usize>row * rowBytes, x + <usize>neighbour(row, height, offset) * rowBytes, scratch, rowBytes, offset);
        for (let column = 0; column < width; column++) {
          const near = scratch + <usize>column * bytes;
          for (let along = 0; along < factor; along++, y += bytes) {
            const beside = offsetOf(along, factor);
            blend(near, scratch + <usize>neighbour(column, width, beside) * bytes, y, bytes, beside);
          }
        }
      }
    }
  }
}

/** The transpose: dy (batch, factor·height, factor·width, channels) → dx (batch, height, width, channels). */
export function upsampleBilinearGrad(
  dy: usize, dx: usize, scratch: usize, batch: i32, height: i32, width: i32, channels: i32, factor: i32,
): void {
  const bytes = <usize>channels << 2;
  const rowBytes = <usize>width * bytes;
  memory.fill(dx, 0, <usize>(batch * height) * rowBytes);
  for (let n = 0; n < batch; n++, dx += <usize>height * rowBytes) {
    for (let row = 0; row < height; row++) {
      for (let phase = 0; phase < factor; phase++) {
        memory.fill(scratch, 0, rowBytes);
        for (let column = 0; column < width; column++) {
          const near = scratch + <usize>column * bytes;
          for (let along = 0; along < factor; along++, dy += bytes) {
            const beside = offsetOf(along, factor);
            const weight = abs(beside);
            addScaled(dy, near, bytes, 1 - weight);
            addScaled(dy, scratch + <usize>neighbour(column, width, beside) * bytes, bytes, weight);
          }
        }
        const offset = offsetOf(phase, factor);
        const weight = abs(offset);
        addScaled(scratch, dx + <usize>row * rowBytes, rowBytes, 1 - weight);
        addScaled(scratch, dx + <usize>neighbour(row, height, offset) * rowBytes, rowBytes, weight);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function offsetOf(phase: i32, factor: i32): f32 {
  return (<f32>phase + 0.5) / <f32>factor - 0.5;
}

/** The pixel before or behind `index`, itself at a border. */
// @ts-ignore: decorator
@inline
function neighbour(index: i32, count: i32, offset: f32): i32 {
  return offset < 0 ? max(0, index - 1) : min(count - 1, index + 1);
}

/** out = near·(1 − |offset|) + far·|offset| */
// @ts-ignore: decorator
@inline
function blend(near: usize, far: usize, out: usize, bytes: usize, offset: f32): void {
  const weight = f32x4.splat(abs(offset));
  const rest = f32x4.splat(1 - abs(offset));
  for (let c: usize = 0; c < bytes; c += 16) {
    const lanes = min(4, <i32>((bytes - c) >> 2));
    const kept = f32x4.mul(loadLanes(near + c, lanes), rest);
    storeLanes(out + c, f32x4.add(kept, f32x4.mul(loadLanes(far + c, lanes), weight)), lanes);
  }
}

/** out += values·weight */
// @ts-ignore: decorator
@inline
function addScaled(values: usize, out: usize, bytes: usize, weight: f32): void {
  const scale = f32x4.splat(weight);
  for (let c: usize = 0; c < bytes; c += 16) {
    const lanes = min(4, <i32>((bytes - c) >> 2));
    const scaled = f32x4.mul(loadLanes(values + c, lanes), scale);
    storeLanes(out + c, f32x4.add(loadLanes(out + c, lanes), scaled), lanes);
  }
}
