import type { Tensor4D } from "@tensorflow/tfjs-core";
import { jointGradient, type Operation, runKernel } from "./operation.js";

/** The decoder's step up (Ronneberger et al., 2015, with nearest neighbour in place of the transposed convolution). */
export const upsample2Concat: Operation = {
  kernels: {
    EosinUpsample2Concat: (tf, { x, skip }) => {
      const [batch, height, width, channels] = x.shape;
      // Rank 4: the one form of repetition whose kernels are right on every back end.
      const rows = tf.tile(tf.reshape(x, [batch * height, 1, width, channels]), [1, 2, 1, 1]);
      const columns = tf.tile(tf.reshape(rows, [batch * height * 2 * width, 1, 1, channels]), [1, 1, 2, 1]);
      const y = tf.reshape(columns, [batch, height * 2, width * 2, channels]) as Tensor4D;
      return [skip ? tf.concat4d([y, skip], 3) : y];
    },
    EosinUpsample2ConcatGrad: (tf, { dy }, { channels }) => {
      const [batch, height, width, all] = dy.shape;
      const up = all === channels ? dy : tf.slice4d(dy, [0, 0, 0, 0], [batch, height, width, channels]);
      const overColumns = tf.sum(tf.reshape(up, [batch * height * (width / 2), 2, channels]), 1);
      const rows = tf.reshape(overColumns, [batch * (height / 2), 2, (width / 2) * channels]);
      const dx = tf.reshape(tf.sum(rows, 1), [batch, height / 2, width / 2, channels]) as Tensor4D;
      if (all === channels) return [dx];
      return [dx, tf.slice4d(dy, [0, 0, 0, channels], [batch, height, width, all - channels])];
    },
  },
  gradients: (tf) => [
    {
      kernelName: "EosinUpsample2Concat",
      gradFunc: jointGradient(["x", "skip"], (dy, _, attrs) =>
        runKernel(tf, "EosinUpsample2ConcatGrad", { dy: dy as Tensor4D }, attrs as { channels: number }),
      ),
    },
  ],
};
