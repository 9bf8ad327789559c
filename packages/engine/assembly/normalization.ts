import { affineActivation, affineActivationInputGradient, affineActivationSums } from "./affine-activation";
import { ROWS_PER_BLOCK } from "./row-blocks";
import { loadLanes, storeLanes } from "./lanes";

/** Bytes of scratch that the functions of this file need. */
export function normalizationScratchBytes(channels: i32): usize {
  return <usize>channels * 36;
}

/**
 * y = act(γ·(x − mean)/√(variance + ε) + β) with the mean and the biased variance of each channel, which are outputs
 * too. x and y (rows, channels). @param slope of LEAKY_RELU
 */
export function normalize(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, variance: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f64, activation: i32, slope: f32,
): void {
  moments(x, mean, variance, scratch, rows, channels);
  normaliser(gamma, variance, scratch, channels, epsilon);
  affineActivation(x, y, rows, channels, mean, scratch, beta, activation, slope);
}

/**
 * With x̂ = (x − mean)/√(variance + ε) and g = dy·act′(γ·x̂ + β): dβ = Σ g, dγ = Σ g·x̂,
 * dx = γ/√(variance + ε) · (g − dβ/rows − x̂·dγ/rows).
 * @returns Where dβ and, behind it, dγ are in the scratch: doubles.
 */
export function normalizeGrad(
  dy: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize, dx: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f64, activation: i32, leak: f32,
): usize {
  const bytes = <usize>channels << 2;
  const scale = scratch;
  const offset = scale + bytes;
  const slope = offset + bytes;
  const partial = slope + bytes;
  const sums = partial + 2 * bytes;
  const g = activation == 0 ? dy : dx;
  normaliser(gamma, variance, scale, channels, epsilon);
  affineActivationSums(dy, x, g, rows, channels, mean, scale, beta, activation, leak, sums, partial);
  for (let c = 0; c < channels; c++) {
    const at = <usize>c << 2;
    const sum = load<f64>(sums + (<usize>c << 3));
    const ofX = sums + (<usize>(channels + c) << 3);
    const inverse = 1 / sqrt(<f64>load<f32>(variance + at) + epsilon);
    const stretch = load<f64>(ofX) * inverse;
    store<f64>(ofX, stretch);
    store<f32>(offset + at, <f32>(sum / <f64>rows));
    store<f32>(slope + at, <f32>(stretch * inverse / <f64>rows));
  }
  affineActivationInputGradient(g, x, dx, rows, channels, mean, scale, offset, slope);
  return sums;
}

/** out[c] = γ/√(variance + ε) */
function normaliser(gamma: usize, variance: usize, out: usize, channels: i32, epsilon: f64): void {
  for (let c: usize = 0; c < <usize>channels << 2; c += 4) {
    store<f32>(out + c, <f32>(<f64>load<f32>(gamma + c) / sqrt(<f64>load<f32>(variance + c) + epsilon)));
  }
}

/**
 * Mean and biased variance by channel, in one walk through memory: each block of rows about its own mean, then joined in
 * double precision (Chan, Golub & LeVeque 1983), so that a large mean costs no digits of the variance.
 */
function moments(x: usize, mean: usize, variance: usize, scratch: usize, rows: i32, channels: i32): void {
  const bytes = <usize>channels << 2;
  const means = scratch;
  const squares = means + 2 * bytes;
  const blockMean = squares + 2 * bytes;
  const blockSquare = blockMean + bytes;
  memory.fill(scratch, 0, 4 * bytes);
  for (let row = 0; row < rows; row += ROWS_PER_BLOCK) {
    const count = min(ROWS_PER_BLOCK, rows - row);
    const end = x + <usize>count * bytes;
    let c: usize = 0;
    for (; c + 16 <= bytes; c += 16) blockMoments(x + c, end, bytes, count, blockMean + c, blockSquare + c, 4);
    if (c < bytes) blockMoments(x + c, end, bytes, count, blockMean + c, blockSquare + c, <i32>((bytes - c) >> 2));
    join(means, squares, row, blockMean, blockSquare, count, channels);
    x = end;
  }
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(mean + (c << 2), <f32>load<f64>(means + (c << 3)));
    store<f32>(variance + (c << 2), <f32>(load<f64>(squares + (c << 3)) / <f64>rows));
  }
}

/** Means and squared distances from them of up to four channels over `count` rows. */
// @ts-ignore: decorator
@inline
function blockMoments(x: usize, end: usize, bytes: usize, count: i32, mean: usize, squares: usize, lanes: i32): void {
  let sum = f32x4.splat(0);
  for (let p = x; p < end; p += bytes) sum = f32x4.add(sum, loadLanes(p, lanes));
  const center = f32x4.div(sum, f32x4.splat(<f32>count));
  let square = f32x4.splat(0);
  for (let p = x; p < end; p += bytes) {
    const distance = f32x4.sub(loadLanes(p, lanes), center);
    square = f32x4.add(square, f32x4.mul(distance, distance));
  }
  storeLanes(mean, center, lanes);
  storeLanes(squares, square, lanes);
}

/** Joins the means and squared distances of `count` further rows to those of `before` rows. */
function join(
  means: usize, squares: usize, before: i32, blockMean: usize, blockSquare: usize, count: i32, channels: i32,
): void {
  const share = <f64>count / <f64>(before + count);
  const weight = <f64>before * share;
  for (let c: usize = 0; c < <usize>channels; c++) {
    const at = c << 3;
    const mean = load<f64>(means + at);
    const distance = <f64>load<f32>(blockMean + (c << 2)) - mean;
    store<f64>(means + at, mean + distance * share);
    const square = load<f64>(squares + at) + <f64>load<f32>(blockSquare + (c << 2));
    store<f64>(squares + at, square + distance * distance * weight);
  }
}
