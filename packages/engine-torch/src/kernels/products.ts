import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import { activated } from "./activation.js";
import { floats, type KernelContext, type Kernels } from "./kernel.js";

/** Of two bfloat16 factors in bfloat16, else in float32. */
function product(
  context: KernelContext,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): Handle {
  const { torch, backend } = context;
  let [left, right] = [backend.value(a), backend.value(b)];
  if (torch.addon.dtype(left) !== torch.addon.dtype(right)) {
    left = floats(context, left);
    right = floats(context, right);
  }
  const turned = (value: Handle, turn: boolean) => (turn ? torch.call("transpose.int", value, -2, -1) : value);
  return torch.call("matmul", turned(left, transposeA), turned(right, transposeB));
}

export const productKernels: Kernels = {
  BatchMatMul: (context, { a, b }, { transposeA, transposeB }) =>
    context.backend.output(product(context, a, b, transposeA, transposeB), "float32"),
  _FusedMatMul: (
    context,
    { a, b, bias, preluActivationWeights },
    { transposeA, transposeB, activation, leakyreluAlpha },
  ) => {
    const { torch, backend } = context;
    let y = product(context, a, b, transposeA, transposeB);
    if (bias) y = torch.call("add.Tensor", y, backend.value(bias));
    return backend.output(activated(context, y, activation, preluActivationWeights, leakyreluAlpha), "float32");
  },
  Einsum: (context, inputs, { equation }) => {
    const { torch, backend } = context;
    const factors = Object.values(inputs).map((tensor) => floats(context, backend.value(tensor)));
    return backend.output(torch.call("einsum", equation, factors), Object.values(inputs)[0].dtype);
  },
};
