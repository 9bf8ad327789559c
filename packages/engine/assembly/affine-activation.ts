import { activate, activationGradient, LEAKY_RELU, NONE, RELU, RELU6, SILU } from "./activation";
import { flush, ROWS_PER_BLOCK } from "./row-blocks";
import { loadLanes, storeLanes } from "./lanes";

// Inner loops stand in inlined functions, called with constant activation and lanes so that the other cases drop out.

/** y = act((x − center)·scale + shift) by channel; x and y (rows, channels). @param slope of LEAKY_RELU */
export function affineActivation(
  x: usize, y: usize, rows: i32, channels: i32, center: usize, scale: usize, shift: usize, activation: i32, slope: f32,
): void {
  const leak = f32x4.splat(slope);
  if (activation == RELU) forward(x, y, rows, channels, center, scale, shift, RELU, leak);
  else if (activation == SILU) forward(x, y, rows, channels, center, scale, shift, SILU, leak);
  else if (activation == RELU6) forward(x, y, rows, channels, center, scale, shift, RELU6, leak);
  else if (activation == LEAKY_RELU) forward(x, y, rows, channels, center, scale, shift, LEAKY_RELU, leak);
  else forward(x, y, rows, channels, center, scale, shift, NONE, leak);
}

// @ts-ignore: decorator
@inline
function forward(
  x: usize, y: usize, rows: i32, channels: i32, center: usize, scale: usize, shift: usize, activation: i32, slope: v128,
): void {
  const bytes = <usize>channels << 2;
  for (let row = 0; row < rows; row++, x += bytes, y += bytes) {
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) forwardAt(x, y, c, center, scale, shift, activation, slope, 4);
    if (c < bytes) forwardAt(x, y, c, center, scale, shift, activation, slope, <i32>((bytes - c) >> 2));
  }
}

// @ts-ignore: decorator
@inline
function forwardAt(
  x: usize, y: usize, c: usize, center: usize, scale: usize, shift: usize, activation: i32, slope: v128, lanes: i32,
): void {
  const centered = f32x4.sub(loadLanes(x + c, lanes), loadLanes(center + c, lanes));
  const z = f32x4.add(f32x4.mul(centered, loadLanes(scale + c, lanes)), loadLanes(shift + c, lanes));
  storeLanes(y + c, activate(z, activation, slope), lanes);
}

/**
 * The first half of the gradient: g = dy · act′((x − center)·scale + shift), and by channel Σ g and Σ g·(x − center).
 *
 * @param g where to keep g; may be `dy` itself when there is no activation (nothing is written then)
 * @param slope of LEAKY_RELU
 * @param sums 2·channels doubles
 * @param partial 2·channels floats of scratch
 */
export function affineActivationSums(
  dy: usize, x: usize, g: usize, rows: i32, channels: i32, center: usize, scale: usize, shift: usize, activation: i32,
  slope: f32, sums: usize, partial: usize,
): void {
  const leak = f32x4.splat(slope);
  const bytes = <usize>channels << 2;
  memory.fill(sums, 0, bytes << 2);
  memory.fill(partial, 0, bytes << 1);
  for (let row = 0; row < rows; row += ROWS_PER_BLOCK) {
    const count = min(ROWS_PER_BLOCK, rows - row);
    if (activation == RELU) sumBlock(dy, x, g, count, bytes, center, scale, shift, RELU, leak, partial);
    else if (activation == SILU) sumBlock(dy, x, g, count, bytes, center, scale, shift, SILU, leak, partial);
    else if (activation == RELU6) sumBlock(dy, x, g, count, bytes, center, scale, shift, RELU6, leak, partial);
    else if (activation == LEAKY_RELU) sumBlock(dy, x, g, count, bytes, center, scale, shift, LEAKY_RELU, leak, partial);
    else sumBlock(dy, x, g, count, bytes, center, scale, shift, NONE, leak, partial);
    flush(partial, sums, channels << 1);
    dy += <usize>count * bytes;
    x += <usize>count * bytes;
    g += <usize>count * bytes;
  }
}

/** Channel by channel, so that a channel's sums and parameters stay in registers over the block's rows. */
// @ts-ignore: decorator
@inline
function sumBlock(
  dy: usize, x: usize, g: usize, rows: i32, bytes: usize, center: usize, scale: usize, shift: usize, activation: i32,
  leak: v128, partial: usize,
): void {
  let c: usize = 0;
  for (; c + 16 <= bytes; c += 16) sumAt(dy, x, g, rows, bytes, c, center, scale, shift, activation, leak, partial, 4);
  if (c == bytes) return;
  sumAt(dy, x, g, rows, bytes, c, center, scale, shift, activation, leak, partial, <i32>((bytes - c) >> 2));
}

// @ts-ignore: decorator
@inline
function sumAt(
  dy: usize, x: usize, g: usize, rows: i32, bytes: usize, c: usize, center: usize, scale: usize, shift: usize,
  activation: i32, leak: v128, partial: usize, lanes: i32,
): void {
  const m = loadLanes(center + c, lanes);
  const k = loadLanes(scale + c, lanes);
  const b = loadLanes(shift + c, lanes);
  let sum = f32x4.splat(0);
  let sumX = f32x4.splat(0);
  for (let at = c, end = c + <usize>rows * bytes; at < end; at += bytes) {
    const centered = f32x4.sub(loadLanes(x + at, lanes), m);
    const z = f32x4.add(f32x4.mul(centered, k), b);
    const slope = activationGradient(loadLanes(dy + at, lanes), z, activation, leak);
    if (activation != NONE) storeLanes(g + at, slope, lanes);
    sum = f32x4.add(sum, slope);
    sumX = f32x4.add(sumX, f32x4.mul(slope, centered));
  }
  storeLanes(partial + c, sum, lanes);
  storeLanes(partial + bytes + c, sumX, lanes);
}

/** The second half: dx = (g − offset − (x − center)·slope)·scale by channel. dx may be g itself. */
export function affineActivationInputGradient(
  g: usize, x: usize, dx: usize, rows: i32, channels: i32, center: usize, scale: usize, offset: usize, slope: usize,
): void {
  const bytes = <usize>channels << 2;
  for (let row = 0; row < rows; row++, g += bytes, x += bytes, dx += bytes) {
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) backwardAt(g, x, dx, c, center, scale, offset, slope, 4);
    if (c < bytes) backwardAt(g, x, dx, c, center, scale, offset, slope, <i32>((bytes - c) >> 2));
  }
}

// @ts-ignore: decorator
@inline
function backwardAt(
  g: usize, x: usize, dx: usize, c: usize, center: usize, scale: usize, offset: usize, slope: usize, lanes: i32,
): void {
  const centered = f32x4.sub(loadLanes(x + c, lanes), loadLanes(center + c, lanes));
  const along = f32x4.mul(centered, loadLanes(slope + c, lanes));
  const across = f32x4.sub(f32x4.sub(loadLanes(g + c, lanes), loadLanes(offset + c, lanes)), along);
  storeLanes(dx + c, f32x4.mul(across, loadLanes(scale + c, lanes)), lanes);
}
