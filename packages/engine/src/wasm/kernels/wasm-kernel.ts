import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelName, KernelSignatures } from "../../ops/kernel-signatures.js";
import type { KernelContext } from "./kernel-context.js";

/** One kernel of tfjs's registry, bound to the native functions. */
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

/** One of Eosin's own kernels, typed by its signature. */
export function defineEosinKernel<K extends KernelName>(
  kernelName: K,
  bind: (
    context: KernelContext,
  ) => (inputs: Infos<KernelSignatures[K]["inputs"]>, attrs: KernelSignatures[K]["attrs"]) => TensorInfo | TensorInfo[],
): WasmKernel {
  return { kernelName, bind };
}
