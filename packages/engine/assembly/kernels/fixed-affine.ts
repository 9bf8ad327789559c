import { affineActivation, affineActivationInputGradient, affineActivationSums } from "../affine-activation";

/** Bytes of scratch that the functions of this file need. */
export function fixedAffineScratchBytes(channels: i32): usize {
  return <usize>channels * 28;
}

/** y = act(x·scale + shift) by channel; x and y (rows, channels). */
export function fixedAffine(
  x: usize, scale: usize, shift: usize, y: usize, scratch: usize, rows: i32, channels: i32, activation: i32,
): void {
  memory.fill(scratch, 0, <usize>channels << 2);
  affineActivation(x, y, rows, channels, scratch, scale, shift, activation, 0);
}

/** With g = dy·act′(x·scale + shift): dx = g·scale, dscale = Σ g·x, dshift = Σ g. */
export function fixedAffineGrad(
  dy: usize, x: usize, scale: usize, shift: usize, dx: usize, dscale: usize, dshift: usize, scratch: usize,
  rows: i32, channels: i32, activation: i32,
): void {
  const bytes = <usize>channels << 2;
  const zero = scratch;
  const partial = zero + bytes;
  const sums = partial + 2 * bytes;
  const g = activation == 0 ? dy : dx;
  memory.fill(zero, 0, bytes);
  affineActivationSums(dy, x, g, rows, channels, zero, scale, shift, activation, 0, sums, partial);
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(dshift + (c << 2), <f32>load<f64>(sums + (c << 3)));
    store<f32>(dscale + (c << 2), <f32>load<f64>(sums + ((<usize>channels + c) << 3)));
  }
  affineActivationInputGradient(g, x, dx, rows, channels, zero, scale, zero, zero);
}
