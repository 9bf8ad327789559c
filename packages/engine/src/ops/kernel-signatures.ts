import type { Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-core";

/** What batch normalisation may apply to its result in the same pass. */
export type Activation = "none" | "relu" | "silu";

/**
 * Eosin's own kernels, which stand in tfjs's kernel registry beside the stock ones. Layout NHWC, float32.
 * A back end that brings one is used; every other gets the composition of stock kernels that lies in the kernel's folder.
 *
 * Kernels with one output return it, those with several return an array, those that write into their inputs return [].
 * A kernel may write into an input only where that input is a `Variable`; the caller sees to it that nothing shares its data.
 */
export interface KernelSignatures {
  /** y = act(γ·(x − mean)/√(variance + ε) + β), statistics over (batch, height, width); the variance is the biased one. */
  EosinBatchNormTraining: {
    inputs: { x: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
    attrs: { epsilon: number; activation: Activation };
    outputs: [y: Tensor4D, mean: Tensor1D, variance: Tensor1D];
  };
  /** The activation's input is computed anew from x, so that neither it nor y need be kept. */
  EosinBatchNormTrainingGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; gamma: Tensor1D; beta: Tensor1D; mean: Tensor1D; variance: Tensor1D };
    attrs: { epsilon: number; activation: Activation };
    outputs: [dx: Tensor4D, dgamma: Tensor1D, dbeta: Tensor1D];
  };
  /** running += momentum·(batch − running), the variance scaled by count/(count − 1) first. In place. */
  EosinRunningStatistics: {
    inputs: { runningMean: Variable; runningVariance: Variable; mean: Tensor1D; variance: Tensor1D };
    attrs: { momentum: number; count: number };
    outputs: [];
  };
  /** y = act(x·scale + shift), scale and shift by channel: batch normalisation by fixed statistics. */
  EosinAffineActivation: {
    inputs: { x: Tensor4D; scale: Tensor1D; shift: Tensor1D };
    attrs: { activation: Activation };
    outputs: [y: Tensor4D];
  };
  EosinAffineActivationGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; scale: Tensor1D; shift: Tensor1D };
    attrs: { activation: Activation };
    outputs: [dx: Tensor4D, dscale: Tensor1D, dshift: Tensor1D];
  };
  /** y = x·sigmoid(x); any shape. */
  EosinSilu: { inputs: { x: Tensor }; attrs: Record<never, never>; outputs: [y: Tensor] };
  EosinSiluGrad: { inputs: { dy: Tensor; x: Tensor }; attrs: Record<never, never>; outputs: [dx: Tensor] };
  /** y = x·sigmoid(gate); x (b,h,w,c), gate (b,1,1,c). */
  EosinSigmoidScale: { inputs: { x: Tensor4D; gate: Tensor4D }; attrs: Record<never, never>; outputs: [y: Tensor4D] };
  EosinSigmoidScaleGrad: {
    inputs: { dy: Tensor4D; x: Tensor4D; gate: Tensor4D };
    attrs: Record<never, never>;
    outputs: [dx: Tensor4D, dgate: Tensor4D];
  };
  /** (b,height,width,c) → (b,1,1,c). The attributes repeat x's size, so that the gradient need not keep x. */
  EosinGlobalMean: { inputs: { x: Tensor4D }; attrs: { height: number; width: number }; outputs: [y: Tensor4D] };
  /** dy (b,1,1,c) → dx (b,height,width,c) = dy / (height·width) */
  EosinGlobalMeanGrad: { inputs: { dy: Tensor4D }; attrs: { height: number; width: number }; outputs: [dx: Tensor4D] };
  /** x (b,h,w,channels) doubled by nearest neighbour, then skip (b,2h,2w,k) behind its channels, where there is one. */
  EosinUpsample2Concat: {
    inputs: { x: Tensor4D; skip?: Tensor4D };
    attrs: { channels: number };
    outputs: [y: Tensor4D];
  };
  /** dy (b,2h,2w,channels + k) → dx (b,h,w,channels): sums of 2×2; dskip (b,2h,2w,k) only where k > 0. */
  EosinUpsample2ConcatGrad: {
    inputs: { dy: Tensor4D };
    attrs: { channels: number };
    outputs: [dx: Tensor4D] | [dx: Tensor4D, dskip: Tensor4D];
  };
  /**
   * g = gradient + weightDecay·variable; first = β₁·first + (1 − β₁)·g; second = β₂·second + (1 − β₂)·g²;
   * variable −= learningRate/(1 − β₁^step) · first / (√second/√(1 − β₂^step) + ε). In place; any shape.
   */
  EosinAdam: {
    inputs: { variable: Variable; gradient: Tensor; first: Variable; second: Variable };
    attrs: {
      step: number;
      learningRate: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
    outputs: [];
  };
  /**
   * g = gradient + weightDecay·variable; velocity = momentum·velocity + g (g without one); variable −= learningRate·velocity,
   * or learningRate·(g + momentum·velocity) with `nesterov`. In place; any shape.
   */
  EosinSgd: {
    inputs: { variable: Variable; gradient: Tensor; velocity?: Variable };
    attrs: { learningRate: number; momentum: number; nesterov: boolean; weightDecay: number };
    outputs: [];
  };
}

export type KernelName = keyof KernelSignatures;
