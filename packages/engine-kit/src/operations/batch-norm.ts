import type { BatchNormVariables, Tf } from "@eosin/plugin-api/learning";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { type Activation, activate, activationGradient } from "./activation.js";
import { batchNormCases } from "./batch-norm-cases.js";
import type { BatchNormKernels } from "./batch-norm-kernels.js";
import { defineOperation } from "./operation.js";
import type { RunKernel } from "./signature.js";

const positions = [0, 1, 2];

/** Ioffe & Szegedy (2015), with the activation behind it. */
export const batchNorm = defineOperation<"batchNorm", BatchNormKernels>({
  name: "batchNorm",
  kernels: {
    EosinBatchNormTraining: {
      shape: ({ x, gamma, beta }) => [x, gamma, beta],
      composed: (tf, { x, gamma, beta }, { epsilon, activation }) => {
        const mean = tf.mean<Tensor1D>(x, positions);
        const centred = tf.sub<Tensor4D>(x, mean);
        const variance = tf.mean<Tensor1D>(tf.square(centred), positions);
        const z = tf.add<Tensor4D>(tf.mul(centred, tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))), beta);
        return [activate(tf, z, activation), mean, variance];
      },
      gradient: {
        of: ["x", "gamma", "beta"],
        inputs: ["x", "gamma", "beta"],
        outputs: [1, 2],
        compute: ({ run, dy, inputs, outputs: [, mean, variance], attrs }) =>
          run("EosinBatchNormTrainingGrad", { dy, ...inputs, mean, variance }, attrs),
      },
    },
    EosinBatchNormTrainingGrad: {
      shape: ({ x, gamma, beta }) => [x, gamma, beta],
      composed: (tf, { dy, x, gamma, beta, mean, variance }, { epsilon, activation }) => {
        const count = x.size / x.shape[3];
        const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
        const normalised = tf.mul<Tensor4D>(tf.sub(x, mean), inverseDeviation);
        const z = tf.add<Tensor4D>(tf.mul(normalised, gamma), beta);
        const dz = activationGradient(tf, dy, z, activation);
        const dbeta = tf.sum<Tensor1D>(dz, positions);
        const dgamma = tf.sum<Tensor1D>(tf.mul(dz, normalised), positions);
        const throughStatistics = tf.add(tf.div(dbeta, count), tf.mul(normalised, tf.div(dgamma, count)));
        const dx = tf.mul<Tensor4D>(tf.sub(dz, throughStatistics), tf.mul(gamma, inverseDeviation));
        return [dx, dgamma, dbeta];
      },
    },
    EosinRunningStatistics: {
      shape: () => [],
      composed: (tf, { runningMean, runningVariance, mean, variance }, { momentum, count }) => {
        const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
        runningMean.assign(tf.add(runningMean, tf.mul(tf.sub(mean, runningMean), momentum)));
        runningVariance.assign(tf.add(runningVariance, tf.mul(tf.sub(unbiased, runningVariance), momentum)));
        return [];
      },
    },
    EosinAffineActivation: {
      shape: ({ x }) => [x],
      composed: (tf, { x, scale, shift }, { activation }) => [
        activate(tf, tf.add<Tensor4D>(tf.mul(x, scale), shift), activation),
      ],
      gradient: {
        of: ["x", "scale", "shift"],
        inputs: ["x", "scale", "shift"],
        compute: ({ run, dy, inputs, attrs }) => run("EosinAffineActivationGrad", { dy, ...inputs }, attrs),
      },
    },
    EosinAffineActivationGrad: {
      shape: ({ x, scale, shift }) => [x, scale, shift],
      composed: (tf, { dy, x, scale, shift }, { activation }) => {
        const dz = activationGradient(tf, dy, tf.add<Tensor4D>(tf.mul(x, scale), shift), activation);
        return [tf.mul(dz, scale), tf.sum<Tensor1D>(tf.mul(dz, x), positions), tf.sum<Tensor1D>(dz, positions)];
      },
    },
  },
  method:
    ({ tf, run, statistics }) =>
    (x, variables, { training, epsilon, momentum, activation = "none" }) => {
      if (!training) return normaliseByRunning({ tf, run }, x, variables, epsilon, activation);
      const { gamma, beta } = variables;
      const [y, mean, variance] = run("EosinBatchNormTraining", { x, gamma, beta }, { epsilon, activation });
      statistics.move({ variables, mean, variance, momentum, count: x.size / x.shape[3] });
      return y;
    },
  cases: batchNormCases,
});

function normaliseByRunning(
  { tf, run }: { readonly tf: Tf; readonly run: RunKernel<BatchNormKernels> },
  x: Tensor4D,
  { gamma, beta, runningMean, runningVariance }: BatchNormVariables,
  epsilon: number,
  activation: Activation,
): Tensor4D {
  return tf.tidy(() => {
    const scale = tf.mul<Tensor1D>(gamma, tf.rsqrt(tf.add(runningVariance, epsilon)));
    const shift = tf.sub<Tensor1D>(beta, tf.mul(runningMean, scale));
    return run("EosinAffineActivation", { x, scale, shift }, { activation })[0];
  });
}
