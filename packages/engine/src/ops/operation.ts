import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, GradFunc, NamedTensorMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelName, KernelSignatures } from "./kernel-signatures.js";

type Inputs<Name extends KernelName> = KernelSignatures[Name]["inputs"];
type Attributes<Name extends KernelName> = KernelSignatures[Name]["attrs"];
type Outputs<Name extends KernelName> = KernelSignatures[Name]["outputs"];

/** A kernel made of stock ones. Runs in a `tidy` and off the tape: the gradient is the operation's own. */
export type ComposedKernel<Name extends KernelName> = (
  tf: Tf,
  inputs: Inputs<Name>,
  attrs: Attributes<Name>,
) => Outputs<Name>;

/** The kernels of one operation, composed, and the gradient of its forward kernel. */
export interface Operation {
  readonly kernels: { readonly [Name in KernelName]?: ComposedKernel<Name> };
  readonly gradients: (tf: Tf) => readonly GradConfig[];
}

export function runKernel<Name extends KernelName>(
  tf: Tf,
  name: Name,
  inputs: Inputs<Name>,
  attrs: Attributes<Name>,
): Outputs<Name> {
  const result = tf.engine().runKernel(name, inputs as unknown as NamedTensorMap, attrs as never) as Tensor | Tensor[];
  return (Array.isArray(result) ? result : [result]) as unknown as Outputs<Name>;
}

/**
 * The gradient of a kernel whose gradient kernel gives all inputs' gradients at once: it runs when the first is asked for.
 * @param names The inputs in the order of the gradient kernel's outputs.
 */
export function jointGradient(
  names: readonly string[],
  compute: (dy: Tensor, saved: Tensor[], attrs: Record<string, unknown>) => readonly Tensor[],
): GradFunc {
  return (dys, saved, attrs) => {
    // Outputs behind the first are statistics, through which no gradient flows.
    const dy = Array.isArray(dys) ? dys[0] : dys;
    let gradients: readonly Tensor[] | undefined;
    const at = (index: number) => () => {
      gradients ??= compute(dy, saved, attrs as Record<string, unknown>);
      return gradients[index];
    };
    return Object.fromEntries(names.map((name, index) => [name, at(index)]));
  };
}

/** Registers the gradients (once a process) and, for kernels that the back end lacks, the compositions. */
export function registerOperations(tf: Tf, backendName: string, operations: readonly Operation[]): void {
  for (const { kernels, gradients } of operations) {
    for (const gradient of gradients(tf)) {
      if (!tf.getGradient(gradient.kernelName)) tf.registerGradient(gradient);
    }
    for (const [kernelName, composed] of Object.entries(kernels)) {
      if (tf.getKernel(kernelName, backendName)) continue;
      const compose = composed as unknown as (tf: Tf, inputs: unknown, attrs: unknown) => Tensor[];
      tf.registerKernel({
        kernelName,
        backendName,
        kernelFunc: ({ inputs, attrs }) => {
          const outputs = tf.tidy(() => compose(tf, inputs, attrs)) as TensorInfo[];
          return outputs.length === 1 ? outputs[0] : outputs;
        },
      });
    }
  }
}
