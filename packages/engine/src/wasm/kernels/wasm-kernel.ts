import type { KernelName, KernelSignatures } from "@eosin/engine-kit";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernel-context.js";

/** One kernel of tfjs's registry, to be bound to the native functions. */
export interface WasmKernel {
  readonly kernelName: string;
  bind(context: KernelContext): BoundKernel;
}

export type BoundKernel = (inputs: never, attrs: never) => TensorInfo | TensorInfo[];

type Infos<T> = { readonly [K in keyof T]: TensorInfo };

/** A kernel that tfjs itself names: `Inputs` and `Attrs` are tfjs's types for it. */
export function defineStockKernel<Inputs, Attrs>(
  kernelName: string,
  bind: (context: KernelContext) => (inputs: Infos<Inputs>, attrs: Attrs) => TensorInfo | TensorInfo[],
): WasmKernel {
  return { kernelName, bind };
}

/** Eosin's own kernels, each typed by its signature and bound as `WasmKernel.bind` does. */
export type EosinKernels = {
  readonly [Name in KernelName]?: (
    context: KernelContext,
  ) => (
    inputs: Infos<KernelSignatures[Name]["inputs"]>,
    attrs: KernelSignatures[Name]["attrs"],
  ) => TensorInfo | TensorInfo[];
};
