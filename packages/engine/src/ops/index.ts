import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import { adam, createAdam } from "./adam.js";
import { batchNorm, createBatchNorm } from "./batch-norm.js";
import { type ConvolutionTraits, createConvolutions } from "./convolution.js";
import { globalMean } from "./global-mean.js";
import { type Operation, runKernel } from "./operation.js";
import { type RunningStatistics, runningStatistics } from "./running-statistics.js";
import { createSgd, sgd } from "./sgd.js";
import { sigmoidScale } from "./sigmoid-scale.js";
import { silu } from "./silu.js";
import { upsample2Concat } from "./upsample2-concat.js";

export const operations: readonly Operation[] = [
  batchNorm,
  runningStatistics,
  silu,
  sigmoidScale,
  globalMean,
  upsample2Concat,
  adam,
  sgd,
];

export function createOps(tf: Tf, how: ConvolutionTraits & { statistics: RunningStatistics }): EngineOps {
  return {
    batchNorm: createBatchNorm(tf, how.statistics),
    silu: <T extends Tensor>(x: T) => runKernel(tf, "EosinSilu", { x }, {})[0] as T,
    sigmoidScale: (x, gate) => runKernel(tf, "EosinSigmoidScale", { x, gate }, {})[0],
    globalMean: (x) => runKernel(tf, "EosinGlobalMean", { x }, { height: x.shape[1], width: x.shape[2] })[0],
    upsample2Concat: (x, skip) =>
      // A key whose value is undefined would stand on tfjs's tape as an input.
      runKernel(tf, "EosinUpsample2Concat", skip ? { x, skip } : { x }, { channels: x.shape[3] })[0],
    ...createConvolutions(tf, how),
    adam: createAdam(tf),
    sgd: createSgd(tf),
  };
}
