import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { combine, map, mean, type NdArray } from "../cases/reference/nd-array.js";
import { normalise } from "../cases/reference/normalization.js";

const epsilon = 1e-3;

/** Biased variance over (height, width), kept as (b,1,1,c). */
function statistics(x: NdArray): { mean: NdArray; variance: NdArray } {
  const centre = mean(x, [1, 2]);
  const squares = combine(x, centre, (v, m) => (v - m) ** 2);
  return { mean: centre, variance: mean(squares, [1, 2]) };
}

function normalized(name: string, shape: readonly number[], leakyRelu?: number): OperationCase {
  const channels = [shape[3]];
  const slope = leakyRelu ?? 1;
  return {
    name: `instanceNorm ${name}`,
    inputs: {
      x: { shape, low: -1, high: 5 },
      gamma: { shape: channels, low: 0.5, high: 1.5 },
      beta: { shape: channels, low: -1, high: 1 },
    },
    compute: ({ ops }, { x, gamma, beta }) =>
      ops.instanceNorm(
        x as Tensor4D,
        { gamma: gamma as Tensor1D, beta: beta as Tensor1D },
        { epsilon, activation: leakyRelu === undefined ? "none" : { leakyRelu } },
      ),
    reference: ({ x, gamma, beta }) => {
      const z = normalise(x, { ...statistics(x), gamma, beta }, epsilon, "none");
      return map(z, (value) => (value > 0 ? value : slope * value));
    },
  };
}

export const instanceNormCases: readonly OperationCase[] = [
  normalized("without activation", [2, 3, 4, 5]),
  normalized("and leaky ReLU", [2, 3, 4, 5], 0.01),
  normalized("and ReLU", [2, 3, 4, 5], 0),
  normalized("and a steep leaky ReLU, of one sample", [1, 5, 3, 4], 0.5),
  // More channels than a vector has, more samples than statistics of the batch would tell apart.
  normalized("and leaky ReLU, of many channels", [3, 4, 3, 19], 0.01),
  // More rows than one goes over at once.
  normalized("and leaky ReLU, of many pixels", [2, 11, 13, 3], 0.01),
];
