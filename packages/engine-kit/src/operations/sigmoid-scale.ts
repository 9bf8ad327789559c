import type { Tensor4D } from "@tensorflow/tfjs-core";
import { combine, sigmoid } from "../cases/reference/nd-array.js";
import { defineOperation } from "./operation.js";

export interface SigmoidScaleKernels {
  /** y = x·sigmoid(gate); x (b,h,w,c), gate (b,1,1,c). */
  EosinSigmoidScale: { inputs: { x: Tensor4D; gate: Tensor4D }; attrs: Record<never, never>; outputs: [y: Tensor4D] };
  EosinSigmoidScaleGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; gate: Tensor4D };
    attrs: Record<never, never>;
    outputs: [dx: Tensor4D, dgate: Tensor4D];
  };
}

/** The end of a squeeze-excite block (Hu et al., 2018). */
export const sigmoidScale = defineOperation<"sigmoidScale", SigmoidScaleKernels>({
  name: "sigmoidScale",
  kernels: {
    EosinSigmoidScale: {
      shape: ({ x }) => [x],
      composed: (tf, { x, gate }) => [tf.mul<Tensor4D>(x, tf.sigmoid(gate))],
      gradient: {
        of: ["x", "gate"],
        inputs: ["x", "gate"],
        compute: ({ run, dy, inputs: { x, gate } }) => run("EosinSigmoidScaleGrad", { dy, x, gate }, {}),
      },
    },
    EosinSigmoidScaleGrad: {
      shape: ({ x, gate }) => [x, gate],
      composed: (tf, { dy, x, gate }) => {
        const s = tf.sigmoid(gate);
        const slope = tf.mul(s, tf.sub(1, s));
        return [tf.mul<Tensor4D>(dy, s), tf.mul<Tensor4D>(tf.sum(tf.mul(dy, x), [1, 2], true), slope)];
      },
    },
  },
  method:
    ({ run }) =>
    (x, gate) =>
      run("EosinSigmoidScale", { x, gate }, {})[0],
  cases: [
    {
      name: "sigmoidScale",
      inputs: { x: { shape: [2, 3, 4, 5] }, gate: { shape: [2, 1, 1, 5] } },
      compute: ({ ops }, { x, gate }) => ops.sigmoidScale(x as Tensor4D, gate as Tensor4D),
      reference: ({ x, gate }) => combine(x, gate, (v, g) => v * sigmoid(g)),
    },
  ],
});
