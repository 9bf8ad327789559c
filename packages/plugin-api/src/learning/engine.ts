import type * as tfc from "@tensorflow/tfjs-core";
import type { EngineIdentity } from "../engine-identity.js";
import type { Logger } from "../logger.js";
import { createServiceToken } from "../service.js";

/** The tfjs API, whatever back end is behind it. */
export type Tf = typeof tfc;

/** Tensors by name: outputs of a network, or a batch. */
export type TensorRecord = { readonly [name: string]: tfc.Tensor };

/** Data on the host that an engine uploads: 8-bit arrays cross as 8-bit and arrive as float32 (0…255). */
export interface HostTensor {
  readonly data: Uint8Array | Float32Array | Int32Array;
  readonly shape: readonly number[];
}
/** A batch on the host, by the names that objectives and networks read it by; the first dimension is the samples. */
export type HostRecord = { readonly [name: string]: HostTensor };

/**
 * The variables of a batch normalisation, (channels) each. The running ones move in training; the optimizer moves gamma
 * and beta.
 */
export interface BatchNormVariables {
  readonly gamma: tfc.Tensor1D;
  readonly beta: tfc.Tensor1D;
  readonly runningMean: tfc.Variable;
  readonly runningVariance: tfc.Variable;
}

/**
 * Operations that tfjs would compose of many kernels; each engine fuses what it can and composes the rest.
 * All are differentiable, NHWC, float32.
 * @given
 */
export interface EngineOps {
  /**
   * Batch normalisation over (batch, height, width). Training: batch statistics (biased variance) normalise, and the
   * running ones move by `momentum` towards them (unbiased variance), as PyTorch does. Evaluation: the running ones.
   */
  batchNorm(
    x: tfc.Tensor4D,
    variables: BatchNormVariables,
    how: { training: boolean; epsilon: number; momentum: number; activation?: "none" | "relu" | "relu6" | "silu" },
  ): tfc.Tensor4D;
  /**
   * Group normalisation (Wu & He, 2018): of each sample, the channels of a group have their mean and biased variance over
   * height, width and the group; gamma and beta are (channels). The same in training and evaluation.
   * @param how `groups`: a divisor of the channels; they are consecutive, as PyTorch has them.
   */
  groupNorm(
    x: tfc.Tensor4D,
    variables: { gamma: tfc.Tensor1D; beta: tfc.Tensor1D },
    how: { groups: number; epsilon: number },
  ): tfc.Tensor4D;
  /**
   * Instance normalisation over (height, width) of each sample, in training and evaluation alike (Ulyanov et al., 2016; biased
   * variance, as PyTorch has it): γ·(x − mean)/√(variance + epsilon) + β, gamma and beta (channels).
   * @param how `activation`: a leaky ReLU behind it, of this slope below 0 (0 is a ReLU).
   */
  instanceNorm(
    x: tfc.Tensor4D,
    variables: { readonly gamma: tfc.Tensor1D; readonly beta: tfc.Tensor1D },
    how: { epsilon: number; activation?: "none" | { readonly leakyRelu: number } },
  ): tfc.Tensor4D;
  /** x · sigmoid(x) */
  silu<T extends tfc.Tensor>(x: T): T;
  /** x (b,h,w,c) scaled by sigmoid(gate), gate (b,1,1,c): the last act of a squeeze-excite block. */
  sigmoidScale(x: tfc.Tensor4D, gate: tfc.Tensor4D): tfc.Tensor4D;
  /** Mean over height and width, kept as (b,1,1,c). */
  globalMean(x: tfc.Tensor4D): tfc.Tensor4D;
  /**
   * Bilinear × `factor` (a whole number ≥ 2) of x (b,h,w,c) → (b,factor·h,factor·w,c): pixel centres are at halves and
   * borders are repeated, as PyTorch's `interpolate(mode="bilinear", align_corners=False)` computes it.
   * @param how `alignCorners`: pixels are points, and those of the corners stay where they are (`align_corners=True`).
   */
  upsampleBilinear(x: tfc.Tensor4D, factor: number, how?: { alignCorners?: boolean }): tfc.Tensor4D;
  /** Nearest-neighbour ×2 of `x`, with `skip` (twice its size) concatenated behind its channels where given. */
  upsample2Concat(x: tfc.Tensor4D, skip?: tfc.Tensor4D): tfc.Tensor4D;
  /**
   * 2-D convolution, filter (h,w,in,out), explicit zero padding (asymmetric allowed).
   * @param how `padding`: [top, bottom, left, right]. `dilation`: pixels from one tap of the filter to the next, 1 unless
   * given; above 1 with the stride 1 alone (atrous convolution: Chen et al., 2018).
   */
  conv2d(
    x: tfc.Tensor4D,
    filter: tfc.Tensor4D,
    how: {
      stride: number;
      padding: readonly [number, number, number, number];
      dilation?: number;
      bias?: tfc.Tensor1D;
    },
  ): tfc.Tensor4D;
  /**
   * Transposed 2-D convolution without padding, filter (h,w,out,in): x (b,r,c,in) → (b,(r − 1)·stride + h,(c − 1)·stride + w,out).
   * With a filter as large as the stride each pixel becomes a block of its own, as nnU-Net's decoders enlarge.
   */
  convTranspose2d(x: tfc.Tensor4D, filter: tfc.Tensor4D, how: { stride: number; bias?: tfc.Tensor1D }): tfc.Tensor4D;
  /** Depthwise convolution, filter (h,w,c,1); stride, padding and dilation as `conv2d` has them. */
  depthwiseConv2d(
    x: tfc.Tensor4D,
    filter: tfc.Tensor4D,
    how: { stride: number; padding: readonly [number, number, number, number]; dilation?: number },
  ): tfc.Tensor4D;
  /**
   * One Adam step over all variables (Kingma & Ba, 2015; PyTorch's form: ε outside the square root, bias-corrected). In place.
   * @param how `decoupled`: the decay shrinks the weights by learningRate · weightDecay and is not in the gradient, as in
   * AdamW (Loshchilov & Hutter, 2019).
   */
  adam(
    updates: readonly { variable: tfc.Variable; gradient: tfc.Tensor; first: tfc.Variable; second: tfc.Variable }[],
    how: {
      step: number;
      learningRate: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
      decoupled?: boolean;
    },
  ): void;
  /**
   * One step of gradient descent over all variables, in PyTorch's form: g ← gradient + weightDecay·w, v ← μ·v + g, and
   * w ← w − learningRate·v, or w ← w − learningRate·(g + μ·v) with Nesterov's momentum. In place.
   * Without a momentum there is no velocity: v is g.
   */
  sgd(
    updates: readonly { variable: tfc.Variable; gradient: tfc.Tensor; velocity?: tfc.Variable }[],
    how: { learningRate: number; momentum: number; nesterov: boolean; weightDecay: number },
  ): void;
  /** Moves averages towards variables: average ← average + (1 − decay)·(variable − average), each pair of one shape. In place. */
  movingAverage(updates: readonly { average: tfc.Variable; variable: tfc.Variable }[], how: { decay: number }): void;
  /** √Σx² over all values of all tensors, as if they were one vector. Not differentiable. @param tensors One or more. */
  globalNorm(tensors: readonly tfc.Tensor[]): tfc.Scalar;
}

/** What training needs from a model and a loss: pure functions of tensors. */
export interface TrainingStepDefinition {
  /** The trainable variables by name. */
  readonly variables: ReadonlyMap<string, tfc.Variable>;
  /**
   * The scalar to minimise and scalars to watch. Runs under the engine's tape; must not read tensors back. A function of
   * the batch and of variables alone: an engine may record what it computes, and replay that without calling it.
   */
  objective(batch: TensorRecord): { loss: tfc.Scalar; watch?: { readonly [name: string]: tfc.Scalar } };
  /** Applies gradients (same names as `variables`) in place; the engine owns and frees them. */
  update(gradients: ReadonlyMap<string, tfc.Tensor>): void;
  /**
   * Above 0. Where the norm of all gradients together is larger, each is multiplied by clipNorm / (norm + 1e-6) before the
   * update, as PyTorch's `clip_grad_norm_` does: once a step, over what all micro-batches gave.
   */
  readonly clipNorm?: number;
  /** Told once each what there is to know of how the engine computes the step, e.g. that it cannot replay it, and why. */
  readonly log?: Pick<Logger, "info" | "warn">;
}

/** What a training step gives: the loss before its update, and the watched scalars, as means over all samples. */
export interface TrainingStepResult {
  readonly loss: number;
  readonly watch: { readonly [name: string]: number };
  /** √Σg² over all gradients before they were clipped; with `clipNorm` alone. */
  readonly gradientNorm?: number;
}

/** A training step that is ready to run, as {@link Engine.trainingStep} makes it. */
export interface TrainingStep {
  /**
   * One optimizer step on the batch. Several micro-batches: gradients are averaged, weighted by their number of samples
   * (the first dimension of their tensors), before the one update. Where the loss, or a norm that is asked for, is not finite nothing is updated.
   * @throws EosinError `LOSS_WITHOUT_GRADIENT`, `EMPTY_BATCH`, `KERNEL_WITHOUT_GRADIENT`, `ENGINE_OUT_OF_MEMORY`
   */
  run(microBatches: readonly HostRecord[]): Promise<TrainingStepResult>;
  dispose(): void;
}

/** A forward pass that is ready to run, as {@link Engine.evaluationStep} makes it. */
export interface EvaluationStep {
  /** @returns The outputs on the host, by name. Intermediate tensors are freed as they are used. */
  run(batch: HostRecord): Promise<{ readonly [name: string]: { data: Float32Array; shape: readonly number[] } }>;
}

/**
 * A tensor engine that is open: the tfjs API over its back end, operations that it fuses, and the two steps that belong to it.
 * @example
 * ```ts
 * import type { Engine } from "@eosin/plugin-api/learning";
 *
 * // Means of pictures (b,h,w,3), 0…255, by channel.
 * export async function channelMeans(engine: Engine, data: Uint8Array, shape: readonly number[]): Promise<Float32Array> {
 *   const { tf } = engine;
 *   const step = engine.evaluationStep(({ rgb }) => ({ mean: tf.mean(rgb, [0, 1, 2]) }));
 *   const { mean } = await step.run({ rgb: { data, shape } });
 *   return mean.data;
 * }
 * ```
 */
export interface Engine {
  readonly identity: EngineIdentity;
  readonly tf: Tf;
  readonly ops: EngineOps;
  /** Bytes that tensors may take, where the engine has a limit (wasm: 4 GiB). */
  readonly memoryLimitBytes?: number;
  /** Prepares a training step; its `dispose` frees what it keeps. Variables stay the caller's. */
  trainingStep(definition: TrainingStepDefinition): TrainingStep;
  /** Prepares a forward pass; `forward` must not read tensors back. */
  evaluationStep(forward: (batch: TensorRecord) => TensorRecord): EvaluationStep;
}

/**
 * Whether a device is a GPU.
 * @param device Of an engine: `cpu`, `software` (a GPU's work, done by the processor), or a GPU, e.g. `cuda:0`.
 */
export function isGpu(device: string): boolean {
  return device !== "cpu" && device !== "software";
}

/** What a document, or the command line, asks of an engine. */
export interface EngineRequest {
  /** `auto`, or an engine's name. */
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  /** The threads that the plan has to give. */
  readonly threads: number;
  /** e.g. `cpu`, `cuda`, `cuda:1`; without it the engine's best. */
  readonly device?: string;
}

/** The engine that a plan takes, and why. */
export interface EngineChoice {
  readonly identity: EngineIdentity;
  /** One sentence: why this one. */
  readonly reason: string;
}

/** Whether an engine works on this machine, as `pipe doctor` prints it. */
export interface EngineAvailability {
  readonly name: string;
  readonly available: boolean;
  readonly reason: string;
  /** The command that would make it available. */
  readonly enable?: string;
  /** What else there is to know of it, such as the library's version, path and devices. */
  readonly details?: { readonly [label: string]: string };
}

/** How an engine's native library is brought onto this machine. */
export interface EngineInstallation {
  /** Says yes to everything that would be asked. */
  readonly assumeYes: boolean;
  /** Builds again what is there already. */
  readonly force: boolean;
  /** @returns Whether the user agrees; `false` where nobody can be asked. */
  confirm(question: string): Promise<boolean>;
  say(line: string): void;
  /** @param total Absent while it is unknown. */
  progress(what: string, done: number, total?: number): void;
  readonly signal: AbortSignal;
}

/** Estimated cost of one training step, measured by running it on shapes alone. */
export interface StepCost {
  /** Peak bytes of tensors alive at once, weights and optimizer included. */
  readonly peakBytes: number;
  readonly parameterBytes: number;
  /** Multiply-adds count as two. */
  readonly flops: number;
}

/** Chooses, opens and installs engines: what {@link engineProvider} stands for. */
export interface EngineProvider {
  /**
   * Cheap: loads no engine.
   * @throws EosinError `UNKNOWN_ENGINE`, `ENGINE_UNAVAILABLE`, `ENGINE_PRECISION`, `ENGINE_DEVICE`, `NO_ENGINE`
   */
  choose(request: EngineRequest): Promise<EngineChoice>;
  /**
   * Opens the engine that a plan chose.
   * @throws EosinError `UNKNOWN_ENGINE`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED`
   */
  open(identity: EngineIdentity): Promise<Engine>;
  /** Looks at every engine. */
  survey(): Promise<readonly EngineAvailability[]>;
  /**
   * Finds, downloads or builds what the engine needs, outside the source tree.
   * @returns The engine as it is then.
   * @throws EosinError `UNKNOWN_ENGINE`, `ENGINE_NOT_INSTALLABLE`, `ENGINE_INSTALL_FAILED`.
   */
  install(name: string, how: EngineInstallation): Promise<EngineAvailability>;
  /** An engine whose kernels compute shapes and count bytes and operations, nothing else. */
  openShapeEngine(): Promise<{ readonly engine: Engine; cost(): StepCost; reset(): void }>;
}

/**
 * The service that opens engines; `@eosin/engine` binds it, and plugins that compute `require` that.
 * @example
 * ```ts
 * import type { ServiceProvider } from "@eosin/plugin-api";
 * import { type Engine, type EngineIdentity, engineProvider } from "@eosin/plugin-api/learning";
 *
 * export async function openEngine(services: ServiceProvider, identity: EngineIdentity): Promise<Engine> {
 *   const provider = await services.get(engineProvider);
 *   return provider.open(identity);
 * }
 * ```
 */
export const engineProvider = createServiceToken<EngineProvider>("learning/engine-provider");
