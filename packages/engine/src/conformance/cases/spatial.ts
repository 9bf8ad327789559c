import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../case.js";
import { conv2d, depthwiseConv2d, type Padding, pool } from "../reference/convolution.js";
import { combine } from "../reference/nd-array.js";
import { resizeBilinear, resizeNearest, type Sampling } from "../reference/resize.js";

interface ConvolutionSpec {
  readonly size: readonly [number, number];
  readonly extent: readonly [number, number];
  readonly stride: number;
  readonly padding: Padding;
}

/** Those of EfficientNet with its asymmetric TensorFlow padding, and odd ones. */
const convolutions: readonly ConvolutionSpec[] = [
  { size: [5, 6], extent: [1, 1], stride: 1, padding: [0, 0, 0, 0] },
  { size: [5, 6], extent: [3, 3], stride: 1, padding: [1, 1, 1, 1] },
  { size: [6, 8], extent: [3, 3], stride: 2, padding: [0, 1, 0, 1] },
  { size: [7, 5], extent: [3, 3], stride: 2, padding: [1, 1, 1, 1] },
  { size: [8, 6], extent: [5, 5], stride: 2, padding: [1, 2, 1, 2] },
  { size: [6, 7], extent: [5, 5], stride: 1, padding: [2, 2, 2, 2] },
  { size: [6, 6], extent: [2, 3], stride: 1, padding: [1, 0, 2, 0] },
];

const title = ({ size, extent, stride, padding }: ConvolutionSpec) =>
  `${extent.join("×")} on ${size.join("×")}, stride ${stride}, padding ${padding.join(" ")}`;

const samplings: readonly Sampling[] = [
  { alignCorners: false, halfPixelCenters: false },
  { alignCorners: true, halfPixelCenters: false },
  { alignCorners: false, halfPixelCenters: true },
];
const targets: readonly (readonly [number, number])[] = [
  [6, 8],
  [5, 7],
  [2, 3],
];

export const spatialCases: readonly OperationCase[] = [
  ...convolutions.map(
    (spec): OperationCase => ({
      name: `conv2d ${title(spec)}`,
      inputs: { x: { shape: [2, ...spec.size, 3] }, filter: { shape: [...spec.extent, 3, 4] } },
      compute: ({ ops }, { x, filter }) => ops.conv2d(x as Tensor4D, filter as Tensor4D, spec),
      reference: ({ x, filter }) => conv2d(x, filter, spec.stride, spec.padding),
    }),
  ),
  ...convolutions.map(
    (spec): OperationCase => ({
      name: `depthwiseConv2d ${title(spec)}`,
      inputs: { x: { shape: [2, ...spec.size, 5] }, filter: { shape: [...spec.extent, 5, 1] } },
      compute: ({ ops }, { x, filter }) => ops.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, spec),
      reference: ({ x, filter }) => depthwiseConv2d(x, filter, spec.stride, spec.padding),
    }),
  ),
  // Heads of networks: few outputs, more channels than a vector has, more rows than one goes over at once.
  ...[1, 2, 3, 5, 8].map(
    (outputs): OperationCase => ({
      name: `conv2d with bias, to ${outputs}`,
      inputs: { x: { shape: [1, 17, 3, 18] }, filter: { shape: [3, 3, 18, outputs] }, bias: { shape: [outputs] } },
      compute: ({ ops }, { x, filter, bias }) =>
        ops.conv2d(x as Tensor4D, filter as Tensor4D, { stride: 1, padding: [1, 1, 1, 1], bias: bias as Tensor1D }),
      reference: ({ x, filter, bias }) => combine(conv2d(x, filter, 1, [1, 1, 1, 1]), bias, (y, b) => y + b),
    }),
  ),
  ...[3, 5].map(
    (extent): OperationCase => ({
      name: `depthwiseConv2d ${extent}×${extent}, stride 2, of many channels`,
      inputs: { x: { shape: [1, 6, 7, 21] }, filter: { shape: [extent, extent, 21, 1] } },
      compute: ({ ops }, { x, filter }) =>
        ops.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, { stride: 2, padding: [1, 2, 1, 1] }),
      reference: ({ x, filter }) => depthwiseConv2d(x, filter, 2, [1, 2, 1, 1]),
    }),
  ),
  {
    // Stock filter gradients are least exact where each weight gathers from many pixels.
    name: "conv2d of many channels",
    inputs: { x: { shape: [1, 5, 5, 33] }, filter: { shape: [1, 1, 33, 5] } },
    compute: ({ ops }, { x, filter }) =>
      ops.conv2d(x as Tensor4D, filter as Tensor4D, { stride: 1, padding: [0, 0, 0, 0] }),
    reference: ({ x, filter }) => conv2d(x, filter, 1, [0, 0, 0, 0]),
  },
  {
    name: "avgPool",
    inputs: { x: { shape: [2, 4, 6, 3] } },
    compute: ({ tf }, { x }) => tf.avgPool(x as Tensor4D, 2, 2, "valid"),
    reference: ({ x }) => pool(x, "average", 2, 2, [0, 0, 0, 0]),
  },
  {
    name: "maxPool",
    inputs: { x: { shape: [2, 4, 6, 3] } },
    compute: ({ tf }, { x }) => tf.maxPool(x as Tensor4D, 2, 2, "same"),
    reference: ({ x }) => pool(x, "max", 2, 2, [0, 0, 0, 0]),
  },
  {
    name: "maxPool, overlapping",
    inputs: { x: { shape: [1, 5, 5, 2] } },
    compute: ({ tf }, { x }) => tf.maxPool(x as Tensor4D, 3, 2, "same"),
    reference: ({ x }) => pool(x, "max", 3, 2, [1, 1, 1, 1]),
  },
  ...targets.flatMap((size) =>
    samplings.flatMap((how): OperationCase[] => {
      const sampling = how.alignCorners ? "aligned corners" : how.halfPixelCenters ? "half-pixel centres" : "top left";
      const inputs = { x: { shape: [2, 3, 4, 3] } };
      const target: [number, number] = [...size];
      return [
        {
          name: `resizeNearestNeighbor to ${size.join("×")}, ${sampling}`,
          inputs,
          compute: ({ tf }, { x }) =>
            tf.image.resizeNearestNeighbor(x as Tensor4D, target, how.alignCorners, how.halfPixelCenters),
          reference: ({ x }) => resizeNearest(x, size, how),
        },
        {
          name: `resizeBilinear to ${size.join("×")}, ${sampling}`,
          inputs,
          compute: ({ tf }, { x }) =>
            tf.image.resizeBilinear(x as Tensor4D, target, how.alignCorners, how.halfPixelCenters),
          reference: ({ x }) => resizeBilinear(x, size, how),
        },
      ];
    }),
  ),
];
