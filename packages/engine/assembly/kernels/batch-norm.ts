import { normalizationScratchBytes, normalize, normalizeGrad } from "../normalization";

/** Bytes of scratch that the functions of this file need. */
export function batchNormScratchBytes(channels: i32): usize {
  return normalizationScratchBytes(channels);
}

/** x and y (rows, channels); the mean and the biased variance of each channel are outputs too. */
export function batchNormTraining(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, variance: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f64, activation: i32,
): void {
  normalize(x, gamma, beta, y, mean, variance, scratch, rows, channels, epsilon, activation, 0);
}

export function batchNormTrainingGrad(
  dy: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize,
  dx: usize, dgamma: usize, dbeta: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f64, activation: i32,
): void {
  const sums = normalizeGrad(
    dy, x, gamma, beta, mean, variance, dx, scratch, rows, channels, epsilon, activation, 0,
  );
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(dbeta + (c << 2), <f32>load<f64>(sums + (c << 3)));
    store<f32>(dgamma + (c << 2), <f32>load<f64>(sums + ((<usize>channels + c) << 3)));
  }
}

/** running += momentum·(batch − running); the variance is made unbiased first. */
export function runningStatistics(
  runningMean: usize, runningVariance: usize, mean: usize, variance: usize, channels: i32, momentum: f64, count: f64,
): void {
  const unbiased = count / max(1.0, count - 1.0); // one value has no unbiased variance: 0, as the composed operation says
  for (let c: usize = 0; c < <usize>channels << 2; c += 4) {
    blend(runningMean + c, <f64>load<f32>(mean + c), momentum);
    blend(runningVariance + c, <f64>load<f32>(variance + c) * unbiased, momentum);
  }
}

// @ts-ignore: decorator
@inline
function blend(running: usize, value: f64, momentum: f64): void {
  const old = <f64>load<f32>(running);
  store<f32>(running, <f32>(old + momentum * (value - old)));
}
