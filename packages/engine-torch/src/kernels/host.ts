import type { BackendValues, DataType, KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Kernel, KernelContext } from "./kernel.js";

/** Rare kernels that tfjs's own back end in JavaScript computes: what they read is copied out, what they make is copied in. */
export const hostKernelNames =
  "CropAndResize Dilation2D Multinomial NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 RotateWithOffset SearchSorted SparseToDense Transform Unique".split(
    " ",
  );

/** What is used of tfjs's `MathBackendCPU`. */
interface HostBackend {
  makeTensorInfo(shape: readonly number[], dtype: DataType, values: BackendValues): TensorInfo;
  readSync(dataId: object): BackendValues;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

/** @returns undefined where the process has no such kernel. */
export function hostKernel(context: KernelContext, kernelName: string): Kernel | undefined {
  const compute = context.tf.getKernel(kernelName, "cpu")?.kernelFunc;
  return compute && ((_, inputs, attrs) => computeOnHost(context, kernelName, compute, inputs, attrs));
}

function computeOnHost(
  { tf, torch, backend }: KernelContext,
  kernelName: string,
  compute: KernelFunc,
  inputs: { readonly [name: string]: TensorInfo },
  attrs: NamedAttrMap,
): TensorInfo | TensorInfo[] {
  const host = tf.findBackend("cpu") as unknown as HostBackend;
  const copies: { [name: string]: TensorInfo } = {};
  let results: TensorInfo[] = [];
  try {
    for (const [name, tensor] of Object.entries(inputs)) {
      const value = backend.value(tensor);
      if (torch.addon.requiresGrad(value)) {
        throw new Error(`the engine torch has no gradient of ${kernelName}: a trainable variable is before it`);
      }
      copies[name] = host.makeTensorInfo(tensor.shape, tensor.dtype, torch.read(value));
    }
    const result = compute({ inputs: copies, attrs, backend: host });
    results = Array.isArray(result) ? result : [result];
    const taken = results.map(({ dataId, shape, dtype }) => ({
      dataId: backend.write(host.readSync(dataId), shape, dtype),
      shape,
      dtype,
    }));
    return Array.isArray(result) ? taken : taken[0];
  } finally {
    for (const tensor of [...Object.values(copies), ...results]) host.disposeIntermediateTensorInfo(tensor);
  }
}
