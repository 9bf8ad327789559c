import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { instanceNormCases } from "./instance-norm-cases.js";
import { defineOperation } from "./operation.js";

/** Of an activation that is none: a leaky ReLU of slope 1 is the identity. */
const STRAIGHT = 1;

export interface InstanceNormKernels {
  /**
   * y = leaky(γ·(x − mean)/√(variance + ε) + β), statistics over (height, width) of each sample and channel, (b,c); the
   * variance is the biased one. leaky(z) is z above 0, else slope·z.
   */
  EosinInstanceNorm: {
    inputs: { x: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
    attrs: { epsilon: number; slope: number };
    outputs: [y: Tensor4D, mean: Tensor2D, variance: Tensor2D];
  };
  /** The activation's input is computed again from x, so that neither it nor y need be kept. */
  EosinInstanceNormGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; gamma: Tensor1D; beta: Tensor1D; mean: Tensor2D; variance: Tensor2D };
    attrs: { epsilon: number; slope: number };
    outputs: [dx: Tensor4D, dgamma: Tensor1D, dbeta: Tensor1D];
  };
}

/** Ulyanov, Vedaldi & Lempitsky (2016), with the leaky ReLU (Maas, Hannun & Ng, 2013) behind it. */
export const instanceNorm = defineOperation<"instanceNorm", InstanceNormKernels>({
  name: "instanceNorm",
  kernels: {
    EosinInstanceNorm: {
      shape: ({ x }) => [x, [x[0], x[3]], [x[0], x[3]]],
      composed: (tf, { x, gamma, beta }, { epsilon, slope }) => {
        const mean = tf.mean<Tensor4D>(x, [1, 2], true);
        const centred = tf.sub<Tensor4D>(x, mean);
        const variance = tf.mean<Tensor4D>(tf.square(centred), [1, 2], true);
        const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
        const z = tf.add<Tensor4D>(tf.mul(centred, scale), beta);
        return [leaky(tf, z, z, slope), channelwise(tf, mean), channelwise(tf, variance)];
      },
      gradient: {
        of: ["x", "gamma", "beta"],
        inputs: ["x", "gamma", "beta"],
        outputs: [1, 2],
        compute: ({ run, dy, inputs, outputs: [, mean, variance], attrs }) =>
          run("EosinInstanceNormGrad", { dy, ...inputs, mean, variance }, attrs),
      },
    },
    EosinInstanceNormGrad: {
      shape: ({ x, gamma, beta }) => [x, gamma, beta],
      composed: (tf, { dy, x, gamma, beta, mean, variance }, { epsilon, slope }) => {
        const [batch, height, width, channels] = x.shape;
        const count = height * width;
        const ofSamples = (statistic: Tensor2D) => tf.reshape(statistic, [batch, 1, 1, channels]);
        const inverseDeviation = tf.rsqrt(tf.add(ofSamples(variance), epsilon));
        const normalised = tf.mul<Tensor4D>(tf.sub(x, ofSamples(mean)), inverseDeviation);
        const dz = leaky(tf, dy, tf.add<Tensor4D>(tf.mul(normalised, gamma), beta), slope);
        const shift = tf.sum<Tensor4D>(dz, [1, 2], true);
        const stretch = tf.sum<Tensor4D>(tf.mul(dz, normalised), [1, 2], true);
        const throughStatistics = tf.add(tf.div(shift, count), tf.mul(normalised, tf.div(stretch, count)));
        const dx = tf.mul<Tensor4D>(tf.sub(dz, throughStatistics), tf.mul(gamma, inverseDeviation));
        return [dx, tf.sum<Tensor1D>(stretch, [0, 1, 2]), tf.sum<Tensor1D>(shift, [0, 1, 2])];
      },
    },
  },
  method:
    ({ run }) =>
    (x, { gamma, beta }, { epsilon, activation = "none" }) => {
      const slope = activation === "none" ? STRAIGHT : activation.leakyRelu;
      return run("EosinInstanceNorm", { x, gamma, beta }, { epsilon, slope })[0];
    },
  cases: instanceNormCases,
});

/** x where z is above 0, else slope·x: of z itself the leaky ReLU, of dy its gradient. */
function leaky(tf: Tf, x: Tensor4D, z: Tensor4D, slope: number): Tensor4D {
  return slope === STRAIGHT ? x : tf.mul<Tensor4D>(x, tf.add(tf.mul(tf.step(z), 1 - slope), slope));
}

/** (b,1,1,c) → (b,c) */
function channelwise(tf: Tf, statistic: Tensor4D): Tensor2D {
  return tf.reshape(statistic, [statistic.shape[0], statistic.shape[3]]);
}
