import type { Activation } from "../../operations/activation.js";
import { combine, map, mean, type NdArray, sigmoid } from "./nd-array.js";

export function activate(x: NdArray, activation: Activation): NdArray {
  if (activation === "relu") return map(x, (v) => Math.max(0, v));
  if (activation === "relu6") return map(x, (v) => Math.min(6, Math.max(0, v)));
  if (activation === "silu") return map(x, (v) => v * sigmoid(v));
  return x;
}

/** Biased variance over (batch, height, width), kept as (1,1,1,c). */
export function statistics(x: NdArray): { mean: NdArray; variance: NdArray } {
  const centre = mean(x, [0, 1, 2]);
  const squares = combine(x, centre, (v, m) => (v - m) ** 2);
  return { mean: centre, variance: mean(squares, [0, 1, 2]) };
}

export function normalise(
  x: NdArray,
  by: { mean: NdArray; variance: NdArray; gamma: NdArray; beta: NdArray },
  epsilon: number,
  activation: Activation,
): NdArray {
  const centred = combine(x, by.mean, (v, m) => v - m);
  const unit = combine(centred, by.variance, (v, s) => v / Math.sqrt(s + epsilon));
  const scaled = combine(unit, by.gamma, (v, g) => v * g);
  return activate(
    combine(scaled, by.beta, (v, b) => v + b),
    activation,
  );
}
