import type { BatchNormVariables, Engine } from "@eosin/plugin-api/learning";
import type { Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import type { ConformanceCase, OperationCase } from "../cases/case.js";
import { expectClose, variable } from "../cases/expect.js";
import { build } from "../cases/reference/nd-array.js";
import { normalise, statistics } from "../cases/reference/normalization.js";
import type { Activation } from "./activation.js";

const activations = ["none", "relu", "relu6", "silu"] as const;
const image = [2, 3, 4, 5];
/** For ReLU6 so wide that values end on both sides of 0 and of 6. */
const channelwise = (activation: Activation) =>
  activation === "relu6"
    ? { gamma: { shape: [5], low: 3, high: 6 }, beta: { shape: [5], low: 1, high: 5 } }
    : { gamma: { shape: [5], low: 0.5, high: 1.5 }, beta: { shape: [5] } };

const runningByEngine = new WeakMap<Engine, Pick<BatchNormVariables, "runningMean" | "runningVariance">>();

/** Some that training may move: they outlive the step, which moves them after its forward pass. */
function prepareRunningStatistics(engine: Engine): void {
  if (runningByEngine.has(engine)) return;
  const { tf } = engine;
  const filled = (value: number) => tf.tidy(() => tf.variable(tf.fill([5], value), false));
  runningByEngine.set(engine, { runningMean: filled(0), runningVariance: filled(1) });
}

const fixedMean = [0.5, -0.25, 0, 1, -1];
const fixedVariance = [0.5, 1, 2, 4, 0.25];

export const batchNormCases: readonly ConformanceCase[] = [
  ...activations.map(
    (activation): OperationCase => ({
      name: `batchNorm, training, ${activation}`,
      inputs: { x: { shape: image, low: -1, high: 5 }, ...channelwise(activation) },
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
      inputs: { x: { shape: image }, ...channelwise(activation) },
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
    name: "running statistics move by the momentum, with the unbiased variance",
    async check(engine, tolerance) {
      const { tf, ops } = engine;
      const [gamma, beta, runningMean, runningVariance] = [[1], [0], [10], [4]].map((v) => variable(engine, v));
      const batchNorm = {
        gamma: gamma as Tensor as Tensor1D,
        beta: beta as Tensor as Tensor1D,
        runningMean,
        runningVariance,
      };
      const values = [1, 2, 3, 6];
      tf.tidy(() => {
        const x = tf.tensor4d(values, [1, 2, 2, 1]);
        ops.batchNorm(x, batchNorm, { training: true, epsilon: 1e-3, momentum: 0.25 });
      });
      // mean 3, biased variance 3.5, unbiased 14/3
      expectClose("mean", await runningMean.data(), [10 + 0.25 * (3 - 10)], tolerance);
      expectClose("variance", await runningVariance.data(), [4 + 0.25 * (14 / 3 - 4)], tolerance);
      for (const each of [gamma, beta, runningMean, runningVariance]) each.dispose();
    },
  },
];
