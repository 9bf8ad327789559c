import type { BatchNormVariables, EngineOps, Tf } from "@eosin/plugin-api/learning";
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { activate, activationGradient } from "./activation.js";
import type { Activation, KernelSignatures } from "./kernel-signatures.js";
import { jointGradient, type Operation, runKernel } from "./operation.js";
import type { RunningStatistics } from "./running-statistics.js";

const positions = [0, 1, 2];

/** Ioffe & Szegedy (2015), with the activation behind it. */
export const batchNorm: Operation = {
  kernels: {
    EosinBatchNormTraining: (tf, { x, gamma, beta }, { epsilon, activation }) => {
      const mean = tf.mean<Tensor1D>(x, positions);
      const centred = tf.sub<Tensor4D>(x, mean);
      const variance = tf.mean<Tensor1D>(tf.square(centred), positions);
      const z = tf.add<Tensor4D>(tf.mul(centred, tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))), beta);
      return [activate(tf, z, activation), mean, variance];
    },
    EosinBatchNormTrainingGrad: (tf, { dy, x, gamma, beta, mean, variance }, { epsilon, activation }) => {
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
    EosinAffineActivation: (tf, { x, scale, shift }, { activation }) => [
      activate(tf, tf.add<Tensor4D>(tf.mul(x, scale), shift), activation),
    ],
    EosinAffineActivationGrad: (tf, { dy, x, scale, shift }, { activation }) => {
      const dz = activationGradient(tf, dy, tf.add<Tensor4D>(tf.mul(x, scale), shift), activation);
      return [tf.mul(dz, scale), tf.sum<Tensor1D>(tf.mul(dz, x), positions), tf.sum<Tensor1D>(dz, positions)];
    },
  },
  gradients: (tf) => [
    {
      kernelName: "EosinBatchNormTraining",
      inputsToSave: ["x", "gamma", "beta"],
      outputsToSave: [false, true, true],
      gradFunc: jointGradient(["x", "gamma", "beta"], (dy, [x, gamma, beta, mean, variance], attrs) =>
        runKernel(
          tf,
          "EosinBatchNormTrainingGrad",
          { dy, x, gamma, beta, mean, variance } as KernelSignatures["EosinBatchNormTrainingGrad"]["inputs"],
          attrs as KernelSignatures["EosinBatchNormTrainingGrad"]["attrs"],
        ),
      ),
    },
    {
      kernelName: "EosinAffineActivation",
      inputsToSave: ["x", "scale", "shift"],
      gradFunc: jointGradient(["x", "scale", "shift"], (dy, [x, scale, shift], attrs) =>
        runKernel(
          tf,
          "EosinAffineActivationGrad",
          { dy, x, scale, shift } as KernelSignatures["EosinAffineActivationGrad"]["inputs"],
          attrs as KernelSignatures["EosinAffineActivationGrad"]["attrs"],
        ),
      ),
    },
  ],
};

export function createBatchNorm(tf: Tf, statistics: RunningStatistics): EngineOps["batchNorm"] {
  return (x, variables, { training, epsilon, momentum, activation = "none" }) => {
    if (!training) return normaliseByRunning(tf, x, variables, epsilon, activation);
    const { gamma, beta } = variables;
    const [y, mean, variance] = runKernel(tf, "EosinBatchNormTraining", { x, gamma, beta }, { epsilon, activation });
    statistics.move({ variables, mean, variance, momentum, count: x.size / x.shape[3] });
    return y;
  };
}

function normaliseByRunning(
  tf: Tf,
  x: Tensor4D,
  { gamma, beta, runningMean, runningVariance }: BatchNormVariables,
  epsilon: number,
  activation: Activation,
): Tensor4D {
  return tf.tidy(() => {
    const scale = tf.mul<Tensor1D>(gamma, tf.rsqrt(tf.add(runningVariance, epsilon)));
    const shift = tf.sub<Tensor1D>(beta, tf.mul(runningMean, scale));
    return runKernel(tf, "EosinAffineActivation", { x, scale, shift }, { activation })[0];
  });
}
