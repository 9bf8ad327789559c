import type { TensorInfo } from "@tensorflow/tfjs-core";

/** What these kernels use of tfjs's `BackendWasm`, which its package does not export. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    /** The instance's exports, its memory among them. */
    readonly asm: { readonly memory: object };
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    cwrap(name: string, result: null, parameters: readonly "number"[]): (...values: number[]) => void;
    readonly tfjs: {
      /** Makes `size` elements at an address known to tfjs's C++ kernels under a number. */
      registerTensor(id: number, size: number, pointer: number): void;
      disposeData(id: number): void;
    };
  };
  dataIdNextNumber: number;
  readonly dataIdMap: { get(dataId: object): TensorData };
  makeOutput(shape: number[], dtype: "float32"): TensorInfo;
}

export interface TensorData {
  /** The number by which tfjs's C++ kernels know the tensor. */
  id: number;
  readonly memoryOffset: number;
  readonly shape: number[];
}
