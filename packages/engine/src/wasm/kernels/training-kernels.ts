import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";

type Native = (...values: number[]) => number;

/** The exports of `assembly/`. Pointers are byte addresses in the memory of the tfjs back end. */
export type TrainingKernels = Readonly<Record<KernelFunction, Native>>;

type KernelFunction =
  | "adam"
  | "avgPoolGrad"
  | "batchNormScratchBytes"
  | "batchNormTraining"
  | "batchNormTrainingGrad"
  | "broadcastRows"
  | "clearPhase"
  | "columnSumsScratchBytes"
  | "conv2d"
  | "conv2dBackpropFilter"
  | "conv2dBackpropFilterScratchBytes"
  | "conv2dScratchBytes"
  | "copyBlocks"
  | "depthwiseBackpropFilter"
  | "depthwiseConv2d"
  | "fixedAffine"
  | "fixedAffineGrad"
  | "fixedAffineScratchBytes"
  | "maxPoolGrad"
  | "packColumns"
  | "packTurnedFilter"
  | "packedFilterBytes"
  | "reduceSum"
  | "runningStatistics"
  | "sigmoidScale"
  | "sigmoidScaleGrad"
  | "sigmoidScaleScratchBytes"
  | "silu"
  | "siluGrad"
  | "turnDepthwiseFilter"
  | "unsortedSegmentSum"
  | "upsample2Concat"
  | "upsample2ConcatGrad";

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../../dist/kernels.wasm", import.meta.url);

/** Instantiates the kernels inside another module's memory, so that tensors need no copy. */
export function loadTrainingKernels(memory: object): TrainingKernels {
  return loadWasm(binary, { env: { memory } }, notBuilt) as TrainingKernels;
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "ENGINE_NOT_BUILT",
    message: "The wasm engine's kernels are not there.",
    place: "wasm",
    expected: "dist/kernels.wasm in the package @eosin/engine",
    next: "pnpm --filter @eosin/engine build",
    cause,
  });
}
