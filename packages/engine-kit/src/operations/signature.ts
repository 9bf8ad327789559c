import type { Tf } from "@eosin/plugin-api/learning";
import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";

/**
 * What a kernel takes and gives: tensors by name, plain attributes, and the outputs in their order. Layout NHWC, float32.
 *
 * Kernels with one output return it, those with several return an array, those that write into their inputs return [].
 * A kernel may write into an input only where that input is a `Variable`; the caller sees to it that nothing shares its data.
 */
export interface KernelSignature {
  readonly inputs: { readonly [name: string]: Tensor | undefined };
  readonly attrs: object;
  readonly outputs: readonly Tensor[];
}

/** The signatures of an operation's kernels, by name: an interface of its own in the operation's file. */
export type Signatures<Kernels> = { readonly [Name in keyof Kernels]: KernelSignature };

/** Runs a kernel of the current back end. @returns Its outputs, always as a list. */
export type RunKernel<Kernels extends Signatures<Kernels>> = <Name extends keyof Kernels & string>(
  name: Name,
  inputs: Kernels[Name]["inputs"],
  attrs: Kernels[Name]["attrs"],
) => Kernels[Name]["outputs"];

export function kernelRunner<Kernels extends Signatures<Kernels>>(tf: Tf): RunKernel<Kernels> {
  return (name, inputs, attrs) => {
    const result = tf.engine().runKernel(name, inputs as NamedTensorMap, attrs as never) as Tensor | Tensor[];
    return (Array.isArray(result) ? result : [result]) as never;
  };
}
