import type { Padding } from "./reference/convolution.js";

export interface ConvolutionSpec {
  readonly size: readonly [number, number];
  readonly extent: readonly [number, number];
  readonly stride: number;
  readonly padding: Padding;
  readonly dilation?: number;
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

/** Those of atrous spatial pyramids, also where taps are beyond the image, and odd ones. */
export const dilatedConvolutions: readonly ConvolutionSpec[] = [
  { size: [7, 8], extent: [3, 3], stride: 1, padding: [2, 2, 2, 2], dilation: 2 },
  { size: [5, 6], extent: [3, 3], stride: 1, padding: [3, 3, 3, 3], dilation: 3 },
  { size: [2, 3], extent: [3, 3], stride: 1, padding: [4, 4, 4, 4], dilation: 4 },
  { size: [9, 7], extent: [3, 2], stride: 1, padding: [0, 1, 2, 0], dilation: 2 },
];

export const titleOf = ({ size, extent, stride, padding, dilation = 1 }: ConvolutionSpec): string =>
  `${extent.join("×")} on ${size.join("×")}, stride ${stride}, padding ${padding.join(" ")}${dilation === 1 ? "" : `, dilation ${dilation}`}`;
