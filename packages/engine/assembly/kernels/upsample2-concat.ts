import { loadLanes, storeLanes } from "../lanes";

/**
 * y[n, i, j] = x[n, ⌊i/2⌋, ⌊j/2⌋] followed by skip[n, i, j];
 * x (batch, height, width, channels), skip (batch, 2·height, 2·width, skipChannels).
 */
export function upsample2Concat(
  x: usize, skip: usize, y: usize, batch: i32, height: i32, width: i32, channels: i32, skipChannels: i32,
): void {
  const bytes = <usize>channels << 2;
  const skipBytes = <usize>skipChannels << 2;
  for (let row = 0; row < 2 * batch * height; row++) {
    let pixel = x + <usize>((row >> 1) * width) * bytes;
    for (let column = 0; column < width; column++, pixel += bytes) {
      for (let twice = 0; twice < 2; twice++) {
        copyFloats(pixel, y, bytes);
        copyFloats(skip, y + bytes, skipBytes);
        y += bytes + skipBytes;
        skip += skipBytes;
      }
    }
  }
}

/** dx[n, i, j] = the sum of dy's first channels over 2×2 pixels; dskip = its other channels. */
export function upsample2ConcatGrad(
  dy: usize, dx: usize, dskip: usize, batch: i32, height: i32, width: i32, channels: i32, skipChannels: i32,
): void {
  const bytes = <usize>channels << 2;
  const skipBytes = <usize>skipChannels << 2;
  const pixel = bytes + skipBytes;
  const below = <usize>(2 * width) * pixel;
  for (let row = 0; row < batch * height; row++, dy += below) {
    for (let column = 0; column < width; column++, dy += 2 * pixel, dx += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const lanes = min(4, <i32>((bytes - c) >> 2));
        const p = dy + c;
        const upper = f32x4.add(loadLanes(p, lanes), loadLanes(p + pixel, lanes));
        const lower = f32x4.add(loadLanes(p + below, lanes), loadLanes(p + below + pixel, lanes));
        storeLanes(dx + c, f32x4.add(upper, lower), lanes);
      }
    }
  }
  if (skipChannels == 0) return;
  dy -= <usize>(4 * batch * height * width) * pixel;
  for (let n = 4 * batch * height * width; n > 0; n--, dy += pixel, dskip += skipBytes) {
    copyFloats(dy + bytes, dskip, skipBytes);
  }
}

/** Shorter than `memory.copy`'s call for the tens of channels of a pixel. */
// @ts-ignore: decorator
@inline
function copyFloats(from: usize, to: usize, bytes: usize): void {
  for (let c: usize = 0; c < bytes; c += 16) {
    const lanes = min(4, <i32>((bytes - c) >> 2));
    storeLanes(to + c, loadLanes(from + c, lanes), lanes);
  }
}
