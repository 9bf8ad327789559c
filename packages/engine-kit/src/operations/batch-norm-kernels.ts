import type { Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import type { Activation } from "./activation.js";

export interface BatchNormKernels {
  /** y = act(γ·(x − mean)/√(variance + ε) + β), statistics over (batch, height, width); the variance is the biased one. */
  EosinBatchNormTraining: {
    inputs: { x: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
    attrs: { epsilon: number; activation: Activation };
    outputs: [y: Tensor4D, mean: Tensor1D, variance: Tensor1D];
  };
  /** The activation's input is computed again from x, so that neither it nor y need be kept. */
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
}
