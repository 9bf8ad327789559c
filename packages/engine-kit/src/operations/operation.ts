import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { ConformanceCase } from "../cases/case.js";
import type { ConvolutionTraits } from "./convolution-traits.js";
import { gradientOf, type KernelGradient } from "./gradient.js";
import type { OnnxNodes } from "./onnx.js";
import type { RunningStatistics } from "./running-statistics.js";
import type { KernelSignature, RunKernel, Signatures } from "./signature.js";

type Shape = readonly number[];

/** What there is to know of one kernel, beside the back ends' own versions of it. */
export interface KernelDefinition<Signature extends KernelSignature, Kernels extends Signatures<Kernels>> {
  /** Shapes of its outputs (float32) by those of its inputs; none for a kernel that writes into its inputs. */
  readonly shape: (
    inputs: { readonly [Name in keyof Signature["inputs"]]: Shape },
    attrs: Signature["attrs"],
  ) => readonly Shape[];
  /**
   * The kernel made of stock ones, for back ends that lack it. Runs in a `tidy` and off the tape: the gradient is the
   * operation's own.
   */
  readonly composed: (tf: Tf, inputs: Signature["inputs"], attrs: Signature["attrs"]) => Signature["outputs"];
  /** Absent for kernels that nothing flows back through: gradients themselves, and those that write in place. */
  readonly gradient?: KernelGradient<Signature, Kernels>;
  /** For an exporter to come; see {@link OnnxNodes}. */
  readonly onnx?: OnnxNodes<Signature["inputs"], Signature["attrs"]>;
}

/** What an operation's method works with. */
export interface OperationContext<Kernels extends Signatures<Kernels>> extends ConvolutionTraits {
  readonly tf: Tf;
  readonly run: RunKernel<Kernels>;
  readonly statistics: RunningStatistics;
}

/** One method of `EngineOps`, and all that its engines need of it. */
export interface OperationDefinition<Name extends keyof EngineOps, Kernels extends Signatures<Kernels>> {
  readonly name: Name;
  /** Its own kernels in tfjs's registry, beside the stock ones. Their signatures are the type parameter `Kernels`. */
  readonly kernels: { readonly [Kernel in keyof Kernels]: KernelDefinition<Kernels[Kernel], Kernels> };
  /** The method. */
  readonly method: (context: OperationContext<Kernels>) => EngineOps[Name];
  /** What every engine is held to. */
  readonly cases: readonly ConformanceCase[];
}

/** A kernel of an operation without the types of its signature, for those who go through all of them. */
export interface OperationKernel {
  readonly name: string;
  shape(inputs: { readonly [name: string]: Shape }, attrs: object): readonly Shape[];
  composed(tf: Tf, inputs: NamedTensorMap, attrs: object): readonly Tensor[];
  /** As tfjs registers it. */
  gradient?(tf: Tf): GradConfig;
}

/** An operation as the list of all has it; made by `defineOperation`. */
export interface Operation<Name extends keyof EngineOps = keyof EngineOps, Kernels = unknown> {
  readonly name: Name;
  readonly kernels: readonly OperationKernel[];
  readonly method: (context: OperationContext<Record<never, never>>) => EngineOps[Name];
  readonly cases: readonly ConformanceCase[];
  /** A type alone: never set. */
  readonly signatures?: Kernels;
}

/**
 * Defines an operation in one place, as `torch.library` does: signature, shapes, composition, gradient and cases. An
 * example of one with all of them is `sigmoid-scale.ts`.
 */
export function defineOperation<Name extends keyof EngineOps, Kernels extends Signatures<Kernels>>(
  definition: OperationDefinition<Name, Kernels>,
): Operation<Name, Kernels> {
  const { name, method, cases } = definition;
  const kernels = Object.entries(definition.kernels as unknown as { readonly [name: string]: ErasedKernel }).map(
    ([kernelName, { shape, composed, gradient }]): OperationKernel => ({
      name: kernelName,
      shape,
      composed,
      gradient: gradient && ((tf) => gradientOf(tf, kernelName, gradient)),
    }),
  );
  return { name, kernels, method: method as unknown as Operation<Name>["method"], cases };
}

type ErasedKernel = Pick<OperationKernel, "shape" | "composed"> & {
  readonly gradient?: Parameters<typeof gradientOf>[2];
};
