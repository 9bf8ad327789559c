import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import { adam } from "./adam.js";
import { batchNorm } from "./batch-norm.js";
import { convTranspose2d } from "./conv-transpose2d.js";
import { conv2d } from "./conv2d.js";
import type { ConvolutionTraits } from "./convolution-traits.js";
import { depthwiseConv2d } from "./depthwise-conv2d.js";
import { globalMean } from "./global-mean.js";
import { globalNorm } from "./global-norm.js";
import { groupNorm } from "./group-norm.js";
import { instanceNorm } from "./instance-norm.js";
import { movingAverage } from "./moving-average.js";
import type { RunningStatistics } from "./running-statistics.js";
import { sgd } from "./sgd.js";
import { sigmoidScale } from "./sigmoid-scale.js";
import { kernelRunner } from "./signature.js";
import { silu } from "./silu.js";
import { upsampleBilinear } from "./upsample-bilinear.js";
import { upsample2Concat } from "./upsample2-concat.js";

/** All of them, each defined in the file of its name. What goes through operations goes through this list. */
export const operations = [
  batchNorm,
  groupNorm,
  instanceNorm,
  silu,
  sigmoidScale,
  globalMean,
  upsample2Concat,
  upsampleBilinear,
  conv2d,
  convTranspose2d,
  depthwiseConv2d,
  adam,
  sgd,
  movingAverage,
  globalNorm,
] as const;

type Defined = (typeof operations)[number];

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The signatures of Eosin's own kernels, which are in tfjs's kernel registry beside the stock ones, by name. */
export type KernelSignatures = Intersection<NonNullable<Defined["signatures"]>>;

export type KernelName = keyof KernelSignatures;

/** The methods of `EngineOps` over the current back end. An operation without a definition does not compile here. */
export function createOps(tf: Tf, how: ConvolutionTraits & { readonly statistics: RunningStatistics }): EngineOps {
  const context = { tf, run: kernelRunner<Record<never, never>>(tf), ...how };
  const methods = operations.map(({ name, method }) => [name, method(context)]);
  return Object.fromEntries(methods) as { [Name in Defined["name"]]: EngineOps[Name] };
}
