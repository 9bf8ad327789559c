import type { Tensor } from "@tensorflow/tfjs-core";
import { activate as activateReference } from "../cases/reference/normalization.js";
import { activate, activationGradient } from "./activation.js";
import { defineOperation } from "./operation.js";

export interface SiluKernels {
  /** y = x·sigmoid(x); any shape. */
  EosinSilu: { inputs: { x: Tensor }; attrs: Record<never, never>; outputs: [y: Tensor] };
  EosinSiluGrad: { inputs: { dy: Tensor; x: Tensor }; attrs: Record<never, never>; outputs: [dx: Tensor] };
}

/** Hendrycks & Gimpel (2016); Elfwing, Uchibe & Doya (2018). */
export const silu = defineOperation<"silu", SiluKernels>({
  name: "silu",
  kernels: {
    EosinSilu: {
      shape: ({ x }) => [x],
      composed: (tf, { x }) => [activate(tf, x, "silu")],
      gradient: {
        of: ["x"],
        inputs: ["x"],
        compute: ({ run, dy, inputs: { x } }) => run("EosinSiluGrad", { dy, x }, {}),
      },
    },
    EosinSiluGrad: {
      shape: ({ x }) => [x],
      composed: (tf, { dy, x }) => [activationGradient(tf, dy, x, "silu")],
    },
  },
  method:
    ({ run }) =>
    <T extends Tensor>(x: T) =>
      run("EosinSilu", { x }, {})[0] as T,
  cases: [
    {
      name: "silu",
      inputs: { x: { shape: [3, 37], low: -8, high: 8 } },
      compute: ({ ops }, { x }) => ops.silu(x),
      reference: ({ x }) => activateReference(x, "silu"),
    },
  ],
});
