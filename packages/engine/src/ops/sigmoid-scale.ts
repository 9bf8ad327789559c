import type { Tensor4D } from "@tensorflow/tfjs-core";
import { jointGradient, type Operation, runKernel } from "./operation.js";

/** The end of a squeeze-excite block (Hu et al., 2018). */
export const sigmoidScale: Operation = {
  kernels: {
    EosinSigmoidScale: (tf, { x, gate }) => [tf.mul<Tensor4D>(x, tf.sigmoid(gate))],
    EosinSigmoidScaleGrad: (tf, { dy, x, gate }) => {
      const s = tf.sigmoid(gate);
      const slope = tf.mul(s, tf.sub(1, s));
      return [tf.mul<Tensor4D>(dy, s), tf.mul<Tensor4D>(tf.sum(tf.mul(dy, x), [1, 2], true), slope)];
    },
  },
  gradients: (tf) => [
    {
      kernelName: "EosinSigmoidScale",
      inputsToSave: ["x", "gate"],
      gradFunc: jointGradient(["x", "gate"], (dy, [x, gate]) =>
        runKernel(tf, "EosinSigmoidScaleGrad", { dy: dy as Tensor4D, x: x as Tensor4D, gate: gate as Tensor4D }, {}),
      ),
    },
  ],
};
