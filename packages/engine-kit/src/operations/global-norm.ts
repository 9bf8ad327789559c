import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { expectClose } from "../cases/expect.js";
import { defineOperation } from "./operation.js";

export interface GlobalNormKernels {
  /** Σx² over all values; any shape. */
  EosinSumOfSquares: { inputs: { x: Tensor }; attrs: object; outputs: [Scalar] };
}

/** The norm of a gradient that is in many tensors, as PyTorch's `clip_grad_norm_` takes it (order 2). */
export const globalNorm = defineOperation<"globalNorm", GlobalNormKernels>({
  name: "globalNorm",
  kernels: {
    EosinSumOfSquares: {
      shape: () => [[]],
      composed: (tf, { x }) => [tf.sum(tf.square(x))],
    },
  },
  method:
    ({ tf, run }) =>
    (tensors) =>
      tf.tidy(() => {
        const squares = tensors.map((x) => run("EosinSumOfSquares", { x }, {})[0]);
        const norm: Scalar = tf.sqrt(tf.sum(squares.length === 1 ? squares[0] : tf.stack(squares)));
        return norm;
      }),
  cases: [
    {
      name: "global norm of one tensor, of several, and of a long one",
      async check(engine, tolerance) {
        const { tf, ops } = engine;
        const long = Float32Array.from({ length: 10_007 }, (_, i) => Math.sin(i) * (1 + (i % 7)));
        const lists = [[[3, -4]], [[3], [-4, 12, 0, 0, 84]], [long, [5, 6, 7], [0]]];
        for (const values of lists) {
          const tensors = values.map((each) => tf.tensor1d(each));
          const norm = ops.globalNorm(tensors);
          const expected = Math.sqrt(values.reduce((sum, each) => [...each].reduce((s, x) => s + x * x, sum), 0));
          expectClose("the norm", await norm.data(), [expected], tolerance);
          tf.dispose([norm, ...tensors]);
        }
      },
    },
  ],
});
