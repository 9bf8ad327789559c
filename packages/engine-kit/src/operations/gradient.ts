import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { type KernelSignature, kernelRunner, type RunKernel, type Signatures } from "./signature.js";

/** The gradients of a kernel's inputs, all of them computed at once: a kernel call, as a rule. */
export interface KernelGradient<Signature extends KernelSignature, Kernels extends Signatures<Kernels>> {
  /** The inputs, in the order of `compute`'s results. */
  readonly of: readonly (keyof Signature["inputs"] & string)[];
  /** Inputs that `compute` reads: they are kept until then. */
  readonly inputs?: readonly (keyof Signature["inputs"] & string)[];
  /** Outputs that it reads, by their places: likewise. */
  readonly outputs?: readonly number[];
  readonly compute: (given: GradientInputs<Signature, Kernels>) => readonly Tensor[];
}

export interface GradientInputs<Signature extends KernelSignature, Kernels extends Signatures<Kernels>> {
  readonly run: RunKernel<Kernels>;
  /** Of the first output. Those behind it are statistics, through which no gradient flows. */
  readonly dy: Signature["outputs"][0];
  /** Those that are kept; the others are not there. */
  readonly inputs: Signature["inputs"];
  /** Likewise, in their places. */
  readonly outputs: Signature["outputs"];
  readonly attrs: Signature["attrs"];
}

interface ErasedGradient {
  readonly of: readonly string[];
  readonly inputs?: readonly string[];
  readonly outputs?: readonly number[];
  readonly compute: (given: never) => readonly Tensor[];
}

/** The gradient as tfjs registers it. It runs when the first input's is asked for. */
export function gradientOf(tf: Tf, kernelName: string, gradient: ErasedGradient): GradConfig {
  const { of, inputs = [], outputs = [], compute } = gradient;
  const run = kernelRunner(tf);
  return {
    kernelName,
    inputsToSave: [...inputs],
    outputsToSave: Array.from({ length: Math.max(-1, ...outputs) + 1 }, (_, place) => outputs.includes(place)),
    gradFunc: (dys, saved, attrs) => {
      const given = {
        run,
        dy: Array.isArray(dys) ? dys[0] : dys,
        inputs: Object.fromEntries(inputs.map((name, index) => [name, saved[index]])),
        outputs: placed(outputs, saved.slice(inputs.length)),
        attrs,
      };
      let gradients: readonly Tensor[] | undefined;
      const at = (index: number) => () => {
        gradients ??= compute(given as never);
        return gradients[index];
      };
      return Object.fromEntries(of.map((name, index) => [name, at(index)]));
    },
  };
}

/** @param places Ascending. */
function placed(places: readonly number[], saved: readonly Tensor[]): readonly Tensor[] {
  const outputs: Tensor[] = [];
  for (const [index, place] of places.entries()) outputs[place] = saved[index];
  return outputs;
}
