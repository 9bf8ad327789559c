import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../../cases/case.js";
import { pool } from "../../cases/reference/convolution.js";
import { resizeBilinear, resizeNearest, type Sampling } from "../../cases/reference/resize.js";

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
