import type { Tensor4D } from "@tensorflow/tfjs-core";
import { mean } from "../cases/reference/nd-array.js";
import { defineOperation } from "./operation.js";

export interface GlobalMeanKernels {
  /** (b,height,width,c) → (b,1,1,c). The attributes repeat x's size, so that the gradient need not keep x. */
  EosinGlobalMean: { inputs: { x: Tensor4D }; attrs: { height: number; width: number }; outputs: [y: Tensor4D] };
  /** dy (b,1,1,c) → dx (b,height,width,c) = dy / (height·width) */
  EosinGlobalMeanGrad: { inputs: { dy: Tensor4D }; attrs: { height: number; width: number }; outputs: [dx: Tensor4D] };
}

export const globalMean = defineOperation<"globalMean", GlobalMeanKernels>({
  name: "globalMean",
  kernels: {
    EosinGlobalMean: {
      shape: ({ x }) => [[x[0], 1, 1, x[3]]],
      composed: (tf, { x }) => [tf.mean<Tensor4D>(x, [1, 2], true)],
      gradient: { of: ["x"], compute: ({ run, dy, attrs }) => run("EosinGlobalMeanGrad", { dy }, attrs) },
    },
    EosinGlobalMeanGrad: {
      shape: ({ dy }, { height, width }) => [[dy[0], height, width, dy[3]]],
      composed: (tf, { dy }, { height, width }) => [
        tf.tile(tf.div<Tensor4D>(dy, height * width), [1, height, width, 1]),
      ],
    },
  },
  method:
    ({ run }) =>
    (x) =>
      run("EosinGlobalMean", { x }, { height: x.shape[1], width: x.shape[2] })[0],
  cases: [
    {
      name: "globalMean",
      inputs: { x: { shape: [2, 3, 4, 5] } },
      compute: ({ ops }, { x }) => ops.globalMean(x as Tensor4D),
      reference: ({ x }) => mean(x, [1, 2]),
    },
  ],
});
