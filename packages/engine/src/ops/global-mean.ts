import type { Tensor4D } from "@tensorflow/tfjs-core";
import { jointGradient, type Operation, runKernel } from "./operation.js";

export const globalMean: Operation = {
  kernels: {
    EosinGlobalMean: (tf, { x }) => [tf.mean<Tensor4D>(x, [1, 2], true)],
    EosinGlobalMeanGrad: (tf, { dy }, { height, width }) => [
      tf.tile(tf.div<Tensor4D>(dy, height * width), [1, height, width, 1]),
    ],
  },
  gradients: (tf) => [
    {
      kernelName: "EosinGlobalMean",
      gradFunc: jointGradient(["x"], (dy, _, attrs) =>
        runKernel(tf, "EosinGlobalMeanGrad", { dy: dy as Tensor4D }, attrs as { height: number; width: number }),
      ),
    },
  ],
};
