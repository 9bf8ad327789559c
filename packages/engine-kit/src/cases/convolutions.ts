import type { Padding } from "./reference/convolution.js";

export interface ConvolutionSpec {
  readonly size: readonly [number, number];
  readonly extent: readonly [number, number];
  readonly stride: number;
  readonly padding: Padding;
}

/** Those of EfficientNet with its asymmetric TensorFlow padding, and odd ones. */
export const convolutions: readonly ConvolutionSpec[] = [
  { size: [5, 6], extent: [1, 1], stride: 1, padding: [0, 0, 0, 0] },
  { size: [5, 6], extent: [3, 3], stride: 1, padding: [1, 1, 1, 1] },
  { size: [6, 8], extent: [3, 3], stride: 2, padding: [0, 1, 0, 1] },
  { size: [7, 5], extent: [3, 3], stride: 2, padding: [1, 1, 1, 1] },
  { size: [8, 6], extent: [5, 5], stride: 2, padding: [1, 2, 1, 2] },
  { size: [6, 7], extent: [5, 5], stride: 1, padding: [2, 2, 2, 2] },
  { size: [6, 6], extent: [2, 3], stride: 1, padding: [1, 0, 2, 0] },
];

export const titleOf = ({ size, extent, stride, padding }: ConvolutionSpec): string =>
  `${extent.join("×")} on ${size.join("×")}, stride ${stride}, padding ${padding.join(" ")}`;
