import type { Tensor4D } from "@tensorflow/tfjs-core";
import { doubled } from "../cases/reference/doubled.js";
import { defineOperation } from "./operation.js";

export interface Upsample2ConcatKernels {
  /** x (b,h,w,channels) doubled by nearest neighbour, then skip (b,2h,2w,k) behind its channels, where there is one. */
  EosinUpsample2Concat: {
    inputs: { x: Tensor4D; skip?: Tensor4D };
    attrs: { channels: number };
    outputs: [y: Tensor4D];
  };
  /** dy (b,2h,2w,channels + k) → dx (b,h,w,channels): sums of 2×2; dskip (b,2h,2w,k) only where k > 0. */
  EosinUpsample2ConcatGrad: {
    inputs: { dy: Tensor4D };
    attrs: { channels: number };
    outputs: [dx: Tensor4D] | [dx: Tensor4D, dskip: Tensor4D];
  };
}

/** The decoder's step up (Ronneberger et al., 2015, with nearest neighbour in place of the transposed convolution). */
export const upsample2Concat = defineOperation<"upsample2Concat", Upsample2ConcatKernels>({
  name: "upsample2Concat",
  kernels: {
    EosinUpsample2Concat: {
      shape: ({ x: [batch, height, width, channels], skip }) => [
        [batch, height * 2, width * 2, channels + (skip ? skip[3] : 0)],
      ],
      composed: (tf, { x, skip }) => {
        const [batch, height, width, channels] = x.shape;
        // Rank 4: the one form of repetition whose kernels are right on every back end.
        const rows = tf.tile(tf.reshape(x, [batch * height, 1, width, channels]), [1, 2, 1, 1]);
        const columns = tf.tile(tf.reshape(rows, [batch * height * 2 * width, 1, 1, channels]), [1, 1, 2, 1]);
        const y = tf.reshape(columns, [batch, height * 2, width * 2, channels]) as Tensor4D;
        return [skip ? tf.concat4d([y, skip], 3) : y];
      },
      gradient: {
        of: ["x", "skip"],
        compute: ({ run, dy, attrs }) => run("EosinUpsample2ConcatGrad", { dy }, attrs),
      },
    },
    EosinUpsample2ConcatGrad: {
      shape: ({ dy: [batch, height, width, all] }, { channels }) => {
        const dx = [batch, height / 2, width / 2, channels];
        return all === channels ? [dx] : [dx, [batch, height, width, all - channels]];
      },
      composed: (tf, { dy }, { channels }) => {
        const [batch, height, width, all] = dy.shape;
        const up = all === channels ? dy : tf.slice4d(dy, [0, 0, 0, 0], [batch, height, width, channels]);
        const overColumns = tf.sum(tf.reshape(up, [batch * height * (width / 2), 2, channels]), 1);
        const rows = tf.reshape(overColumns, [batch * (height / 2), 2, (width / 2) * channels]);
        const dx = tf.reshape(tf.sum(rows, 1), [batch, height / 2, width / 2, channels]) as Tensor4D;
        if (all === channels) return [dx];
        return [dx, tf.slice4d(dy, [0, 0, 0, channels], [batch, height, width, all - channels])];
      },
    },
  },
  method:
    ({ run }) =>
    (x, skip) =>
      // A key whose value is undefined would be on tfjs's tape as an input.
      run("EosinUpsample2Concat", skip ? { x, skip } : { x }, { channels: x.shape[3] })[0],
  cases: [
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
  ],
});
