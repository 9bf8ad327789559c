import type { Tf } from "@eosin/plugin-api/learning";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import type { TorchBackend } from "../backend.js";
import type { Libtorch } from "../libtorch.js";

export type Inputs = { readonly [name: string]: TensorInfo };
// biome-ignore lint/suspicious/noExplicitAny: attributes are whatever the kernel's callers pass, one form a kernel
export type Attributes = any;

/** What a kernel works with. */
export interface KernelContext {
  readonly tf: Tf;
  readonly torch: Libtorch;
  readonly backend: TorchBackend;
}

export type Kernel = (context: KernelContext, inputs: Inputs, attrs: Attributes) => TensorInfo | TensorInfo[];
export type Kernels = { readonly [kernelName: string]: Kernel };

export function eachOf<Name extends string>(names: Iterable<Name>, kernel: (name: Name) => Kernel): Kernels {
  return Object.fromEntries(Array.from(names, (name) => [name, kernel(name)]));
}

export const floats = ({ torch }: KernelContext, value: Handle): Handle =>
  torch.addon.dtype(value) === "bfloat16" ? torch.call("to.dtype", value, "float32") : value;

/** As convolutions and what is between them keep it: bfloat16 where that is the engine's precision. */
export const stored = ({ torch, backend }: KernelContext, value: Handle): Handle =>
  backend.half ? torch.to(value, "bfloat16") : value;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
