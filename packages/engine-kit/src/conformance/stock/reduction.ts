import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../../cases/case.js";
import { at, build, combine, fold, map, mean, type NdArray, sum } from "../../cases/reference/nd-array.js";

const axesOf: readonly (readonly number[])[] = [[0], [1, 2], [3], [0, 1, 2], [0, 1, 2, 3]];

type Reduction = readonly [
  name: string,
  compute: (tf: Tf, x: Tensor, axes: number[], keepDims: boolean) => Tensor,
  reference: (x: NdArray, axes: readonly number[]) => NdArray,
];

const reductions: readonly Reduction[] = [
  ["sum", (tf, x, axes, keep) => tf.sum(x, axes, keep), sum],
  ["mean", (tf, x, axes, keep) => tf.mean(x, axes, keep), mean],
  [
    "max",
    (tf, x, axes, keep) => tf.max(x, axes, keep),
    (x, axes) => fold(x, axes, Number.NEGATIVE_INFINITY, (largest, v) => Math.max(largest, v)),
  ],
];

const million = { shape: [1000, 1024], low: 0.5, high: 1.5 };

export const reductionCases: readonly OperationCase[] = [
  ...reductions.flatMap(([name, compute, reference]) =>
    axesOf.map(
      (axes, index): OperationCase => ({
        name: `${name} over axes ${axes}`,
        inputs: { x: { shape: [2, 3, 4, 5] } },
        compute: ({ tf }, { x }) => compute(tf, x, [...axes], index % 2 === 0),
        reference: ({ x }) => reference(x, axes),
      }),
    ),
  ),
  {
    name: "sum over a million values",
    inputs: { x: million },
    compute: ({ tf }, { x }) => tf.sum(x),
    reference: ({ x }) => sum(x),
    differentiable: false,
  },
  {
    name: "mean over a million values",
    inputs: { x: million },
    compute: ({ tf }, { x }) => tf.mean(x),
    reference: ({ x }) => mean(x),
    differentiable: false,
  },
  {
    name: "softmax",
    inputs: { x: { shape: [4, 5] } },
    compute: ({ tf }, { x }) => tf.softmax(x),
    reference: ({ x }) => {
      const powers = map(x, Math.exp);
      return combine(powers, sum(powers, [1]), (power, total) => power / total);
    },
  },
  ...[false, true].map(
    (transposed): OperationCase => ({
      name: `matMul${transposed ? ", transposed" : ""}`,
      inputs: { a: { shape: [3, 4, 5] }, b: { shape: transposed ? [3, 2, 5] : [3, 5, 2] } },
      compute: ({ tf }, { a, b }) => tf.matMul(a, b, false, transposed),
      reference: ({ a, b }) =>
        build([3, 4, 2], ([m, i, j]) => {
          let total = 0;
          for (let k = 0; k < 5; k++) total += at(a, m, i, k) * (transposed ? at(b, m, j, k) : at(b, m, k, j));
          return total;
        }),
    }),
  ),
  {
    name: "argMax",
    inputs: { x: { shape: [4, 6] } },
    compute: ({ tf }, { x }) => tf.cast(tf.argMax(x, 1), "float32"),
    reference: ({ x }) =>
      build([4], ([i]) => {
        const row = Array.from({ length: 6 }, (_, j) => at(x, i, j));
        return row.indexOf(Math.max(...row));
      }),
    differentiable: false,
  },
];
