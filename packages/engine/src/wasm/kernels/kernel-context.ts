import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import { formatBytes } from "@eosin/support/format-bytes";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { TrainingKernels } from "./training-kernels.js";
import type { WasmBackend } from "./wasm-backend.js";

/** What a kernel works with: tfjs's back end, the native functions, and addresses. */
export interface KernelContext {
  readonly tf: Tf;
  readonly backend: WasmBackend;
  readonly native: TrainingKernels;
  /** The address of a tensor's first byte. */
  pointer(tensor: TensorInfo): number;
  /** A new float32 tensor, its values not set. */
  output(shape: readonly number[]): TensorInfo;
  /** Memory for the length of one call, its content not set. */
  withScratch<T>(bytes: number, use: (pointer: number) => T): T;
}

export function createKernelContext(tf: Tf, backend: WasmBackend, native: TrainingKernels): KernelContext {
  const { wasm } = backend;
  return {
    tf,
    backend,
    native,
    pointer: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape) => backend.makeOutput([...shape], "float32"),
    withScratch(bytes, use) {
      const pointer = wasm._malloc(bytes) >>> 0;
      try {
        return use(pointer);
      } finally {
        wasm._free(pointer);
      }
    },
  };
}

/** The allocator grows its heap by a signed number: a request of 2 GiB or more would shrink it. */
const largestAllocation = 2 ** 31 - 2 ** 20;

/** tfjs's C++ side allocates weights' packed copies for itself, unchecked: this much of the 4 GiB stays for it. */
const highestAddress = 2 ** 32 - 2 ** 26;

/**
 * Lets an allocation that does not fit fail. The allocator inside tfjs returns 0 then, or, as its 32-bit sums wrap, a
 * region that ends behind the memory; tfjs would write tensors to either.
 */
export function refuseFailedAllocations(backend: WasmBackend): void {
  const { wasm } = backend;
  wasm._free(wasm._malloc(1)); // The first call makes Emscripten replace its lazy wrapper.
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const pointer = bytes > largestAllocation ? 0 : allocate(bytes) >>> 0;
    const fits = pointer > 0 && pointer + bytes <= Math.min(wasm.HEAPU8.length, highestAddress);
    if (fits || bytes === 0) return pointer;
    if (pointer > 0) wasm._free(pointer);
    throw new EosinError({
      code: "ENGINE_OUT_OF_MEMORY",
      message: `The wasm engine has no room for ${formatBytes(bytes)} more.`,
      place: "wasm",
      expected: "tensors of less than 2 GiB each that fit into 4 GiB together",
      found: `${formatBytes(wasm.HEAPU8.length)} in use or reserved`,
      next: "lower the batch or micro-batch size, the image size or the encoder, or choose another engine",
    });
  };
}
