import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernels/kernel.js";

/** The norm of the tensors' norms, as PyTorch's `clip_grad_norm_` takes it: all of them in one call. */
export function globalNorm({ tf, torch, backend }: KernelContext, tensors: readonly Tensor[]): Scalar {
  const norm = backend.scoped(() => {
    const values = tensors.map((each) => torch.to(backend.value(each), "float32"));
    const norms = torch.calls("_foreach_norm.Scalar", values, 2);
    return backend.output(
      torch.call("linalg_vector_norm", torch.call("stack", norms, 0), 2, null, false, null),
      "float32",
      [],
    );
  });
  return tf.engine().makeTensorFromTensorInfo(norm) as Scalar;
}
