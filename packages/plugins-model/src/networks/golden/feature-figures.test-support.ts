import { channelsFirst } from "./channel-order.test-support.js";

/** What PyTorch gave for a feature (NCHW), in a few figures. */
export interface FeatureFigures {
  readonly shape: readonly number[];
  readonly mean: number;
  /** With n in the denominator. */
  readonly std: number;
  readonly first8: readonly number[];
  /** The beginning of the middle channel's middle row. */
  readonly middle8: readonly number[];
}

/** The largest difference of a figure, relative to the feature's standard deviation. @param found NHWC */
export function featureError(
  found: { data: Float32Array; shape: readonly number[] },
  expected: FeatureFigures,
): number {
  const { mean, std, first8, middle8, shape } = expected;
  const [, channels, height, width] = shape;
  const values = channelsFirst(found.data, found.shape);
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length);
  const middle = ((channels >> 1) * height + (height >> 1)) * width;
  const differences = [
    average - mean,
    spread - std,
    ...first8.map((value, i) => values[i] - value),
    ...middle8.map((value, i) => values[middle + i] - value),
  ];
  return Math.max(...differences.map(Math.abs)) / std;
}
