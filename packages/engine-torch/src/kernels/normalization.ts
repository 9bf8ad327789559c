import { floats, type Kernels } from "./kernel.js";

export const normalizationKernels: Kernels = {
  /** Of tfjs's own `tf.batchNorm`: statistics are given. Eosin's layers have kernels of their own. */
  FusedBatchNorm: (context, { x, mean, variance, offset, scale }, { varianceEpsilon }) => {
    const { torch, backend } = context;
    const centred = torch.call("sub.Tensor", floats(context, backend.value(x)), backend.value(mean));
    let factor = torch.call("rsqrt", torch.call("add.Scalar", backend.value(variance), varianceEpsilon ?? 1e-3));
    if (scale) factor = torch.call("mul.Tensor", factor, backend.value(scale));
    const scaled = torch.call("mul.Tensor", centred, factor);
    const y = offset ? torch.call("add.Tensor", scaled, backend.value(offset)) : scaled;
    return backend.output(y, "float32", x.shape);
  },
};
