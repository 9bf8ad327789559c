import type { KernelName } from "../ops/kernel-signatures.js";
import { like, type ShapeKernel } from "./shape-kernel.js";

const likeEach =
  (...names: readonly string[]): ShapeKernel =>
  ({ backend }, inputs) =>
    names.map((name) => backend.output(inputs[name].shape));

const inPlace: ShapeKernel = () => [];

/** Eosin's own kernels, as an engine allocates that brings them. */
export const eosinKernels: { readonly [Name in KernelName]: ShapeKernel } = {
  EosinBatchNormTraining: likeEach("x", "gamma", "beta"),
  EosinBatchNormTrainingGrad: likeEach("x", "gamma", "beta"),
  EosinRunningStatistics: inPlace,
  EosinAffineActivation: like("x"),
  EosinAffineActivationGrad: likeEach("x", "scale", "shift"),
  EosinSilu: like("x"),
  EosinSiluGrad: like("x"),
  EosinSigmoidScale: like("x"),
  EosinSigmoidScaleGrad: likeEach("x", "gate"),
  EosinGlobalMean: ({ backend }, { x }) => backend.output([x.shape[0], 1, 1, x.shape[3]]),
  EosinGlobalMeanGrad: ({ backend }, { dy }, { height, width }) =>
    backend.output([dy.shape[0], height, width, dy.shape[3]]),
  EosinUpsample2Concat: ({ backend }, { x, skip }) => {
    const [batch, height, width, channels] = x.shape;
    return backend.output([batch, height * 2, width * 2, channels + (skip ? skip.shape[3] : 0)]);
  },
  EosinUpsample2ConcatGrad: ({ backend }, { dy }, { channels }) => {
    const [batch, height, width, all] = dy.shape;
    const dx = backend.output([batch, height / 2, width / 2, channels]);
    return all === channels ? dx : [dx, backend.output([batch, height, width, all - channels])];
  },
  EosinAdam: inPlace,
  EosinSgd: inPlace,
};
