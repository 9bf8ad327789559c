import { type KernelName, operations } from "@eosin/engine-kit";
import type { Tf } from "@eosin/plugin-api/learning";
import type { KernelFunc } from "@tensorflow/tfjs-core";
import { concat, splitV } from "./concat.js";
import { conv2d, fusedConv2d } from "./conv2d.js";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.js";
import { conv2dBackpropInput } from "./conv2d-backprop-input.js";
import { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConv2d } from "./depthwise-conv2d.js";
import { eosinKernels } from "./eosin.js";
import { withFreshWeights } from "./fresh-weights.js";
import { createKernelContext, refuseFailedAllocations } from "./kernel-context.js";
import { avgPoolGrad, maxPoolGrad } from "./pool-grad.js";
import { mean, sum } from "./reductions.js";
import { loadTrainingKernels } from "./training-kernels.js";
import { unsortedSegmentSum } from "./unsorted-segment-sum.js";
import type { WasmBackend } from "./wasm-backend.js";
import type { BoundKernel, WasmKernel } from "./wasm-kernel.js";

const backendName = "wasm";

/** Kernels that tfjs names: those that it lacks here, or computes wrongly or slowly. */
const stockKernels: readonly WasmKernel[] = [
  conv2d,
  fusedConv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseConv2d,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  avgPoolGrad,
  unsortedSegmentSum,
  concat,
  splitV,
  sum,
  mean,
];

/**
 * Gives tfjs's wasm back end the kernels that training needs: the missing ones, those that stock tfjs computes wrongly or
 * slowly, and Eosin's own. Call once, after the back end is ready.
 *
 * @param backend tfjs's `BackendWasm`, i.e. `tf.backend()` after `tf.setBackend("wasm")`
 */
export async function registerWasmKernels(tf: Tf, backend: object): Promise<void> {
  const wasmBackend = backend as WasmBackend;
  refuseFailedAllocations(wasmBackend);
  const native = loadTrainingKernels(wasmBackend.wasm.asm.memory);
  const context = createKernelContext(tf, wasmBackend, native);
  const replace = (kernelName: string, kernelFunc: KernelFunc) => {
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  };
  const bound = (kernelName: string, compute: BoundKernel) =>
    replace(kernelName, ({ inputs, attrs }) => compute(inputs as never, attrs as never));
  for (const kernel of stockKernels) bound(kernel.kernelName, kernel.bind(context));
  for (const { name } of operations.flatMap(({ kernels }) => kernels)) {
    const bind = eosinKernels[name as KernelName];
    if (bind) bound(name, bind(context));
  }
  for (const name of ["FusedDepthwiseConv2D", "BatchMatMul", "_FusedMatMul", "Prelu"] as const) {
    replace(name, withFreshWeights(wasmBackend, name, tf.getKernel(name, backendName).kernelFunc));
  }
}
