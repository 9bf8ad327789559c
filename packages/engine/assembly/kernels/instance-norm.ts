import { LEAKY_RELU, NONE } from "../activation";
import { normalizationScratchBytes, normalize, normalizeGrad } from "../normalization";

/** Bytes of scratch that the functions of this file need: beside a sample's, two totals a channel. */
export function instanceNormScratchBytes(channels: i32): usize {
  return (<usize>channels << 4) + normalizationScratchBytes(channels);
}

/**
 * Each sample of x and y (batch, rows, channels) by its own mean and biased variance (batch, channels), which are outputs
 * too; then the leaky ReLU, none where its slope is 1.
 */
export function instanceNorm(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, variance: usize, scratch: usize,
  batch: i32, rows: i32, channels: i32, epsilon: f64, slope: f32,
): void {
  const step = <usize>(rows * channels) << 2;
  const bytes = <usize>channels << 2;
  const activation = slope == 1 ? NONE : LEAKY_RELU;
  for (let sample = 0; sample < batch; sample++) {
    normalize(x, gamma, beta, y, mean, variance, scratch, rows, channels, epsilon, activation, slope);
    x += step;
    y += step;
    mean += bytes;
    variance += bytes;
  }
}

/** dγ and dβ are sums over the samples. */
export function instanceNormGrad(
  dy: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize,
  dx: usize, dgamma: usize, dbeta: usize, scratch: usize,
  batch: i32, rows: i32, channels: i32, epsilon: f64, slope: f32,
): void {
  const step = <usize>(rows * channels) << 2;
  const bytes = <usize>channels << 2;
  const activation = slope == 1 ? NONE : LEAKY_RELU;
  const totals = scratch;
  const ofSample = scratch + (bytes << 2);
  memory.fill(totals, 0, bytes << 2);
  for (let sample = 0; sample < batch; sample++) {
    const sums = normalizeGrad(
      dy, x, gamma, beta, mean, variance, dx, ofSample, rows, channels, epsilon, activation, slope,
    );
    for (let at: usize = 0; at < bytes << 2; at += 8) {
      store<f64>(totals + at, load<f64>(totals + at) + load<f64>(sums + at));
    }
    dy += step;
    x += step;
    dx += step;
    mean += bytes;
    variance += bytes;
  }
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(dbeta + (c << 2), <f32>load<f64>(totals + (c << 3)));
    store<f32>(dgamma + (c << 2), <f32>load<f64>(totals + ((<usize>channels + c) << 3)));
  }
}
