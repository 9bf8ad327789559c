import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmBackend } from "./wasm-backend.js";

/** The stock kernels in use that keep a packed copy of inputs, and which. */
export const packedInputs = {
  Conv2D: ["filter"],
  FusedConv2D: ["filter", "bias"],
  DepthwiseConv2dNative: ["filter"],
  FusedDepthwiseConv2D: ["filter", "bias"],
  BatchMatMul: ["b"],
  _FusedMatMul: ["b", "bias"],
  Prelu: ["alpha"],
} as const;

/**
 * Runs a stock kernel with its weights as they are now. tfjs keeps XNNPACK's packed weights by the tensor's number until
 * that tensor is disposed, and so never notices weights that change in place; here every call lends the weights a number
 * of its own, which takes the packed copy along when it goes.
 */
export function withFreshWeights(
  backend: WasmBackend,
  kernelName: keyof typeof packedInputs,
  stock: KernelFunc,
): KernelFunc {
  const { tfjs } = backend.wasm;
  return (call) => {
    const inputs = call.inputs as { readonly [name: string]: TensorInfo | undefined };
    const tensors = packedInputs[kernelName].flatMap((name) => inputs[name] ?? []);
    const weights = [...new Set(tensors.map((tensor) => backend.dataIdMap.get(tensor.dataId)))];
    const numbers = weights.map((data) => data.id);
    for (const data of weights) {
      data.id = backend.dataIdNextNumber++;
      const size = data.shape.reduce((product, n) => product * n, 1);
      tfjs.registerTensor(data.id, size, data.memoryOffset);
    }
    try {
      return stock(call);
    } finally {
      weights.forEach((data, index) => {
        tfjs.disposeData(data.id);
        data.id = numbers[index]!;
      });
    }
  };
}
