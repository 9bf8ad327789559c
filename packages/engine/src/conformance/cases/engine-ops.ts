import type { BatchNormVariables, Engine } from "@eosin/plugin-api/learning";
import type { Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../case.js";
import { conv2d } from "../reference/convolution.js";
import { at, build, combine, mean, type NdArray, sigmoid } from "../reference/nd-array.js";
import { activate, normalise, statistics } from "../reference/normalization.js";

const activations = ["none", "relu", "silu"] as const;
const image = [2, 3, 4, 5];
const channelwise = { gamma: { shape: [5], low: 0.5, high: 1.5 }, beta: { shape: [5] } };

const runningByEngine = new WeakMap<Engine, Pick<BatchNormVariables, "runningMean" | "runningVariance">>();

/** Some that training may move: they outlive the step, which moves them after its forward pass. */
function prepareRunningStatistics(engine: Engine): void {
  if (runningByEngine.has(engine)) return;
  const { tf } = engine;
  const variable = (value: number) => tf.tidy(() => tf.variable(tf.fill([5], value), false));
  runningByEngine.set(engine, { runningMean: variable(0), runningVariance: variable(1) });
}

const fixedMean = [0.5, -0.25, 0, 1, -1];
const fixedVariance = [0.5, 1, 2, 4, 0.25];

/** x (n,h,w,c) doubled, then skip behind its channels. */
function doubled(x: NdArray, skip?: NdArray): NdArray {
  const [batch, height, width, channels] = x.shape;
  const all = channels + (skip ? skip.shape[3] : 0);
  return build([batch, height * 2, width * 2, all], ([n, i, j, k]) =>
    skip && k >= channels ? at(skip, n, i, j, k - channels) : at(x, n, i >> 1, j >> 1, k),
  );
}

export const engineOpCases: readonly OperationCase[] = [
  ...activations.map(
    (activation): OperationCase => ({
      name: `batchNorm, training, ${activation}`,
      inputs: { x: { shape: image, low: -1, high: 5 }, ...channelwise },
      prepare: prepareRunningStatistics,
      compute: (engine, { x, gamma, beta }) =>
        engine.ops.batchNorm(
          x as Tensor4D,
          { gamma: gamma as Tensor1D, beta: beta as Tensor1D, ...runningByEngine.get(engine)! },
          { training: true, epsilon: 1e-3, momentum: 0.1, activation },
        ),
      reference: ({ x, gamma, beta }) => normalise(x, { ...statistics(x), gamma, beta }, 1e-3, activation),
    }),
  ),
  ...activations.map(
    (activation): OperationCase => ({
      name: `batchNorm, evaluation, ${activation}`,
      inputs: { x: { shape: image }, ...channelwise },
      compute: ({ tf, ops }, { x, gamma, beta }) => {
        // Evaluation only reads them, so that plain tensors do.
        const runningMean = tf.tensor1d(fixedMean) as Tensor as Variable;
        const runningVariance = tf.tensor1d(fixedVariance) as Tensor as Variable;
        const variables = { gamma: gamma as Tensor1D, beta: beta as Tensor1D, runningMean, runningVariance };
        return ops.batchNorm(x as Tensor4D, variables, { training: false, epsilon: 1e-3, momentum: 0.1, activation });
      },
      reference: ({ x, gamma, beta }) => {
        const by = {
          mean: build([5], ([k]) => fixedMean[k]),
          variance: build([5], ([k]) => fixedVariance[k]),
        };
        return normalise(x, { ...by, gamma, beta }, 1e-3, activation);
      },
    }),
  ),
  {
    name: "silu",
    inputs: { x: { shape: [3, 37], low: -8, high: 8 } },
    compute: ({ ops }, { x }) => ops.silu(x),
    reference: ({ x }) => activate(x, "silu"),
  },
  {
    name: "sigmoidScale",
    inputs: { x: { shape: image }, gate: { shape: [2, 1, 1, 5] } },
    compute: ({ ops }, { x, gate }) => ops.sigmoidScale(x as Tensor4D, gate as Tensor4D),
    reference: ({ x, gate }) => combine(x, gate, (v, g) => v * sigmoid(g)),
  },
  {
    name: "globalMean",
    inputs: { x: { shape: image } },
    compute: ({ ops }, { x }) => ops.globalMean(x as Tensor4D),
    reference: ({ x }) => mean(x, [1, 2]),
  },
  {
    name: "upsample2Concat",
    inputs: { x: { shape: [2, 2, 3, 5] }, skip: { shape: [2, 4, 6, 3] } },
    compute: ({ ops }, { x, skip }) => ops.upsample2Concat(x as Tensor4D, skip as Tensor4D),
    reference: ({ x, skip }) => doubled(x, skip),
  },
  {
    name: "upsample2Concat without a skip",
    inputs: { x: { shape: [2, 2, 3, 5] } },
    compute: ({ ops }, { x }) => ops.upsample2Concat(x as Tensor4D),
    reference: ({ x }) => doubled(x),
  },
  // Engines may convolve without making the doubled tensor.
  ...[3, 1].map((extent): OperationCase => {
    const side = (extent - 1) / 2;
    const padding = [side, side, side, side] as const;
    return {
      name: `conv2d ${extent}×${extent} over upsample2Concat`,
      inputs: {
        x: { shape: [2, 2, 3, 5] },
        skip: { shape: [2, 4, 6, 3] },
        filter: { shape: [extent, extent, 8, 4] },
      },
      compute: ({ ops }, { x, skip, filter }) =>
        ops.conv2d(ops.upsample2Concat(x as Tensor4D, skip as Tensor4D), filter as Tensor4D, { stride: 1, padding }),
      reference: ({ x, skip, filter }) => conv2d(doubled(x, skip), filter, 1, padding),
    };
  }),
  {
    // More than kernels take at once, and no multiple of it.
    name: "conv2d 3×3 over upsample2Concat, of many channels",
    inputs: {
      x: { shape: [1, 2, 2, 19] },
      skip: { shape: [1, 4, 4, 3] },
      filter: { shape: [3, 3, 22, 18] },
    },
    compute: ({ ops }, { x, skip, filter }) =>
      ops.conv2d(ops.upsample2Concat(x as Tensor4D, skip as Tensor4D), filter as Tensor4D, {
        stride: 1,
        padding: [1, 1, 1, 1],
      }),
    reference: ({ x, skip, filter }) => conv2d(doubled(x, skip), filter, 1, [1, 1, 1, 1]),
  },
  {
    name: "conv2d 3×3 over upsample2Concat without a skip",
    inputs: { x: { shape: [1, 3, 2, 5] }, filter: { shape: [3, 3, 5, 4] } },
    compute: ({ ops }, { x, filter }) =>
      ops.conv2d(ops.upsample2Concat(x as Tensor4D), filter as Tensor4D, { stride: 1, padding: [1, 1, 1, 1] }),
    reference: ({ x, filter }) => conv2d(doubled(x), filter, 1, [1, 1, 1, 1]),
  },
];
