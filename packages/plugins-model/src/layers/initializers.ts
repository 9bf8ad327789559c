import type { Rng } from "@eosin/plugin-api";
import type { Initializer } from "@eosin/plugin-api/learning";

export function constant(value: number): Initializer {
  return (values) => values.fill(value);
}

/** Uniform in ±√(6 / fan-in): keeps the variance through ReLU (He et al., 2015). */
export const heUniform: Initializer = (values, [height, width, inputs], rng) =>
  uniform(values, Math.sqrt(6 / (height * width * inputs)), rng);

/** The same of a depthwise filter (h,w,c,1), whose fan-in is its window. */
export const depthwiseHeUniform: Initializer = (values, [height, width], rng) =>
  uniform(values, Math.sqrt(6 / (height * width)), rng);

/** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio, 2010). */
export const glorotUniform: Initializer = (values, [height, width, inputs, outputs], rng) =>
  uniform(values, Math.sqrt(6 / (height * width * (inputs + outputs))), rng);

/**
 * Normal with variance 2 / fan-out, as EfficientNet's authors train it from scratch. A depthwise filter (h,w,c,1) has
 * the fan-out of its window.
 */
export const fanOutNormal: Initializer = (values, [height, width, , outputs], rng) => {
  const deviation = Math.sqrt(2 / (height * width * outputs));
  for (let i = 0; i < values.length; i++) values[i] = rng.normal(0, deviation);
};

/**
 * Normal with variance 2 / ((1 + 0.01²) · fan-in): keeps the variance through leaky ReLUs of slope 0.01 (He et al., 2015), as
 * nnU-Net begins. Of a transposed filter (h,w,out,in) the outputs count as PyTorch's `kaiming_normal_` counts them.
 */
export const heNormalLeaky: Initializer = (values, [height, width, fan], rng) => {
  const deviation = Math.sqrt(2 / ((1 + 0.01 ** 2) * height * width * fan));
  for (let i = 0; i < values.length; i++) values[i] = rng.normal(0, deviation);
};

function uniform(values: Float32Array, bound: number, rng: Rng): void {
  for (let i = 0; i < values.length; i++) values[i] = rng.between(-bound, bound);
}
