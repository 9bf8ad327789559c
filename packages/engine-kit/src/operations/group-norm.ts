import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { at, build, combine, type NdArray } from "../cases/reference/nd-array.js";
import { defineOperation } from "./operation.js";

interface GroupNormAttributes {
  readonly groups: number;
  readonly epsilon: number;
}

export interface GroupNormKernels {
  /** y = γ·(x − mean)·inverse + β; inverse = 1/√(variance + ε), by (sample, group) as the mean is. */
  EosinGroupNorm: {
    inputs: { x: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
    attrs: GroupNormAttributes;
    outputs: [y: Tensor4D, mean: Tensor2D, inverse: Tensor2D];
  };
  EosinGroupNormGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; gamma: Tensor1D; mean: Tensor2D; inverse: Tensor2D };
    attrs: GroupNormAttributes;
    outputs: [dx: Tensor4D, dgamma: Tensor1D, dbeta: Tensor1D];
  };
}

/** Wu & He (2018), equations 1, 2 and 7. */
export const groupNorm = defineOperation<"groupNorm", GroupNormKernels>({
  name: "groupNorm",
  kernels: {
    EosinGroupNorm: {
      shape: ({ x }, { groups }) => [x, [x[0], groups], [x[0], groups]],
      composed: (tf, { x, gamma, beta }, { groups, epsilon }) => {
        const mean = ofGroups(tf, x, groups);
        const centred = tf.sub<Tensor4D>(x, ofChannels(tf, mean, x.shape[3]));
        const inverse = tf.rsqrt(tf.add<Tensor2D>(ofGroups(tf, tf.square(centred), groups), epsilon));
        const scale = tf.mul(ofChannels(tf, inverse, x.shape[3]), gamma);
        return [tf.add<Tensor4D>(tf.mul(centred, scale), beta), mean, inverse];
      },
      gradient: {
        of: ["x", "gamma", "beta"],
        inputs: ["x", "gamma"],
        outputs: [1, 2],
        compute: ({ run, dy, inputs: { x, gamma }, outputs: [, mean, inverse], attrs }) =>
          run("EosinGroupNormGrad", { dy, x, gamma, mean, inverse }, attrs),
      },
    },
    EosinGroupNormGrad: {
      shape: ({ x, gamma }) => [x, gamma, gamma],
      composed: (tf, { dy, x, gamma, mean, inverse }, { groups }) => {
        const spread = (value: Tensor2D) => ofChannels(tf, value, x.shape[3]);
        const deviation = spread(inverse);
        const unit = tf.mul<Tensor4D>(tf.sub(x, spread(mean)), deviation);
        const incoming = tf.mul<Tensor4D>(dy, gamma);
        const throughMean = spread(ofGroups(tf, incoming, groups));
        const throughDeviation = tf.mul(unit, spread(ofGroups(tf, tf.mul(incoming, unit), groups)));
        const dx = tf.mul<Tensor4D>(tf.sub(tf.sub(incoming, throughMean), throughDeviation), deviation);
        return [dx, tf.sum<Tensor1D>(tf.mul(dy, unit), [0, 1, 2]), tf.sum<Tensor1D>(dy, [0, 1, 2])];
      },
    },
  },
  method:
    ({ run }) =>
    (x, { gamma, beta }, how) =>
      run("EosinGroupNorm", { x, gamma, beta }, how)[0],
  cases: [normalised([2, 3, 4, 6], 3), normalised([1, 2, 5, 4], 1), normalised([2, 3, 3, 3], 3)],
});

/** Means by (sample, group). @param x (b,h,w,c) */
function ofGroups(tf: Tf, x: Tensor4D, groups: number): Tensor2D {
  const [batch, , , channels] = x.shape;
  const byChannel = tf.reshape(tf.mean(x, [1, 2]), [batch * groups, channels / groups]);
  return tf.reshape(tf.mean(byChannel, 1), [batch, groups]);
}

/** (b,groups) → (b,1,1,channels) */
function ofChannels(tf: Tf, value: Tensor2D, channels: number): Tensor4D {
  const [batch, groups] = value.shape;
  const repeated = tf.tile(tf.reshape(value, [batch * groups, 1]) as Tensor2D, [1, channels / groups]);
  return tf.reshape(repeated, [batch, 1, 1, channels]);
}

function normalised(shape: readonly number[], groups: number): OperationCase {
  const [channels] = shape.slice(-1);
  const epsilon = 1e-3;
  return {
    name: `groupNorm of ${channels} channels in ${groups} ${groups === 1 ? "group" : "groups"}`,
    inputs: {
      x: { shape, low: -1, high: 5 },
      gamma: { shape: [channels], low: 0.5, high: 1.5 },
      beta: { shape: [channels] },
    },
    compute: ({ ops }, { x, gamma, beta }: { readonly [name: string]: Tensor }) =>
      ops.groupNorm(x as Tensor4D, { gamma: gamma as Tensor1D, beta: beta as Tensor1D }, { groups, epsilon }),
    reference: ({ x, gamma, beta }) => {
      const scaled = combine(standardised(x, groups, epsilon), gamma, (v, g) => v * g);
      return combine(scaled, beta, (v, b) => v + b);
    },
  };
}

function standardised(x: NdArray, groups: number, epsilon: number): NdArray {
  const [, height, width, channels] = x.shape;
  const size = channels / groups;
  return build(x.shape, ([b, row, column, k]) => {
    const first = k - (k % size);
    let [sum, squares] = [0, 0];
    for (let r = 0; r < height; r++)
      for (let c = 0; c < width; c++) for (let i = first; i < first + size; i++) sum += at(x, b, r, c, i);
    const mean = sum / (height * width * size);
    for (let r = 0; r < height; r++)
      for (let c = 0; c < width; c++)
        for (let i = first; i < first + size; i++) squares += (at(x, b, r, c, i) - mean) ** 2;
    return (at(x, b, row, column, k) - mean) / Math.sqrt(squares / (height * width * size) + epsilon);
  });
}
