import { adamDecay } from "@eosin/engine-kit";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { activationCodes } from "./activation-codes.js";
import { batchedRows, channelRows } from "./channel-rows.js";
import type { EosinKernels } from "./wasm-kernel.js";

/**
 * Eosin's own kernels that this engine has: each hands its tensors' addresses to the function of that name in `assembly/`.
 * What they compute is at the operations of `@eosin/engine-kit`; those that are missing here are composed.
 */
export const eosinKernels: EosinKernels = {
  /** In two walks over x. */
  EosinBatchNormTraining:
    ({ native, pointer, output, withScratch }) =>
    ({ x, gamma, beta }, { epsilon, activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const outputs = [output(x.shape), output([channels]), output([channels])];
      withScratch(native.batchNormScratchBytes(channels), (scratch) =>
        native.batchNormTraining(
          ...[x, gamma, beta, ...outputs].map(pointer),
          scratch,
          rows,
          channels,
          epsilon,
          activationCodes[activation],
        ),
      );
      return outputs;
    },
  EosinBatchNormTrainingGrad:
    ({ native, pointer, output, withScratch }) =>
    ({ dy, x, gamma, beta, mean, variance }, { epsilon, activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const outputs = [output(x.shape), output([channels]), output([channels])];
      withScratch(native.batchNormScratchBytes(channels), (scratch) =>
        native.batchNormTrainingGrad(
          ...[dy, x, gamma, beta, mean, variance, ...outputs].map(pointer),
          scratch,
          rows,
          channels,
          epsilon,
          activationCodes[activation],
        ),
      );
      return outputs;
    },
  EosinRunningStatistics:
    ({ native, pointer }) =>
    ({ runningMean, runningVariance, mean, variance }, { momentum, count }) => {
      const channels = mean.shape[0];
      native.runningStatistics(
        ...[runningMean, runningVariance, mean, variance].map(pointer),
        channels,
        momentum,
        count,
      );
      return [];
    },
  EosinAffineActivation:
    ({ native, pointer, output, withScratch }) =>
    ({ x, scale, shift }, { activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const y = output(x.shape);
      withScratch(native.fixedAffineScratchBytes(channels), (scratch) =>
        native.fixedAffine(...[x, scale, shift, y].map(pointer), scratch, rows, channels, activationCodes[activation]),
      );
      return y;
    },
  EosinAffineActivationGrad:
    ({ native, pointer, output, withScratch }) =>
    ({ dy, x, scale, shift }, { activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const outputs = [output(x.shape), output([channels]), output([channels])];
      withScratch(native.fixedAffineScratchBytes(channels), (scratch) =>
        native.fixedAffineGrad(
          ...[dy, x, scale, shift, ...outputs].map(pointer),
          scratch,
          rows,
          channels,
          activationCodes[activation],
        ),
      );
      return outputs;
    },
  EosinInstanceNorm:
    ({ native, pointer, output, withScratch }) =>
    ({ x, gamma, beta }, { epsilon, slope }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const outputs = [output(x.shape), output([batch, channels]), output([batch, channels])];
      withScratch(native.instanceNormScratchBytes(channels), (scratch) =>
        native.instanceNorm(
          ...[x, gamma, beta, ...outputs].map(pointer),
          scratch,
          batch,
          rows,
          channels,
          epsilon,
          slope,
        ),
      );
      return outputs;
    },
  EosinInstanceNormGrad:
    ({ native, pointer, output, withScratch }) =>
    ({ dy, x, gamma, beta, mean, variance }, { epsilon, slope }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const outputs = [output(x.shape), output([channels]), output([channels])];
      withScratch(native.instanceNormScratchBytes(channels), (scratch) =>
        native.instanceNormGrad(
          ...[dy, x, gamma, beta, mean, variance, ...outputs].map(pointer),
          scratch,
          batch,
          rows,
          channels,
          epsilon,
          slope,
        ),
      );
      return outputs;
    },
  EosinSilu:
    ({ tf, native, pointer, output }) =>
    ({ x }) => {
      const y = output(x.shape);
      native.silu(pointer(x), pointer(y), tf.util.sizeFromShape(x.shape));
      return y;
    },
  EosinSiluGrad:
    ({ tf, native, pointer, output }) =>
    ({ dy, x }) => {
      const dx = output(x.shape);
      native.siluGrad(pointer(dy), pointer(x), pointer(dx), tf.util.sizeFromShape(x.shape));
      return dx;
    },
  EosinSigmoidScale:
    ({ native, pointer, output, withScratch }) =>
    ({ x, gate }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const y = output(x.shape);
      withScratch(native.sigmoidScaleScratchBytes(channels), (scratch) =>
        native.sigmoidScale(...[x, gate, y].map(pointer), scratch, batch, rows, channels),
      );
      return y;
    },
  EosinSigmoidScaleGrad:
    ({ native, pointer, output, withScratch }) =>
    ({ dy, x, gate }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const [dx, dgate] = [output(x.shape), output(gate.shape)];
      withScratch(native.sigmoidScaleScratchBytes(channels), (scratch) =>
        native.sigmoidScaleGrad(...[dy, x, gate, dx, dgate].map(pointer), scratch, batch, rows, channels),
      );
      return [dx, dgate];
    },
  EosinGlobalMean:
    ({ native, pointer, output, withScratch }) =>
    ({ x }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const y = output([batch, 1, 1, channels]);
      withScratch(native.columnSumsScratchBytes(channels), (scratch) =>
        native.reduceSum(pointer(x), pointer(y), scratch, batch, rows, channels, 1 / rows),
      );
      return y;
    },
  EosinGlobalMeanGrad:
    ({ native, pointer, output }) =>
    ({ dy }, { height, width }) => {
      const { batch, channels } = batchedRows(dy.shape);
      const dx = output([batch, height, width, channels]);
      native.broadcastRows(pointer(dy), pointer(dx), batch, height * width, channels, 1 / (height * width));
      return dx;
    },
  /** In one walk. */
  EosinUpsample2Concat:
    ({ native, pointer, output }) =>
    ({ x, skip }) => {
      const [batch, height, width, channels] = x.shape;
      const skipChannels = skip?.shape[3] ?? 0;
      const y = output([batch, 2 * height, 2 * width, channels + skipChannels]);
      const skipPointer = skip ? pointer(skip) : 0;
      native.upsample2Concat(pointer(x), skipPointer, pointer(y), batch, height, width, channels, skipChannels);
      return y;
    },
  EosinUpsample2ConcatGrad:
    ({ native, pointer, output }) =>
    ({ dy }, { channels }) => {
      const [batch, doubleHeight, doubleWidth, all] = dy.shape;
      const [height, width, skipChannels] = [doubleHeight / 2, doubleWidth / 2, all - channels];
      const dx = output([batch, height, width, channels]);
      const outputs: TensorInfo[] = [dx];
      if (skipChannels > 0) outputs.push(output([batch, doubleHeight, doubleWidth, skipChannels]));
      const dskip = outputs[1] ? pointer(outputs[1]) : 0;
      native.upsample2ConcatGrad(pointer(dy), pointer(dx), dskip, batch, height, width, channels, skipChannels);
      return outputs;
    },
  EosinUpsampleBilinear:
    ({ native, pointer, output, withScratch }) =>
    ({ x }, { factor }) => {
      const [batch, height, width, channels] = x.shape;
      const y = output([batch, factor * height, factor * width, channels]);
      withScratch(native.upsampleBilinearScratchBytes(width, channels), (scratch) =>
        native.upsampleBilinear(pointer(x), pointer(y), scratch, batch, height, width, channels, factor),
      );
      return y;
    },
  EosinUpsampleBilinearGrad:
    ({ native, pointer, output, withScratch }) =>
    ({ dy }, { factor }) => {
      const [batch, height, width, channels] = [dy.shape[0], dy.shape[1] / factor, dy.shape[2] / factor, dy.shape[3]];
      const dx = output([batch, height, width, channels]);
      withScratch(native.upsampleBilinearScratchBytes(width, channels), (scratch) =>
        native.upsampleBilinearGrad(pointer(dy), pointer(dx), scratch, batch, height, width, channels, factor),
      );
      return dx;
    },
  EosinAdam:
    ({ tf, native, pointer }) =>
    ({ variable, gradient, first, second }, how) => {
      const { step, learningRate, beta1, beta2, epsilon } = how;
      const { intoGradient, shrink } = adamDecay(how);
      native.adam(
        ...[variable, gradient, first, second].map(pointer),
        tf.util.sizeFromShape(variable.shape),
        learningRate / (1 - beta1 ** step),
        Math.sqrt(1 - beta2 ** step),
        beta1,
        beta2,
        epsilon,
        intoGradient,
        shrink,
      );
      return [];
    },
  EosinSumOfSquares:
    ({ tf, native, pointer, output }) =>
    ({ x }) => {
      const sum = output([]);
      native.sumOfSquares(pointer(x), pointer(sum), tf.util.sizeFromShape(x.shape));
      return sum;
    },
  EosinMovingAverage:
    ({ tf, native, pointer }) =>
    ({ average, variable }, { decay }) => {
      native.movingAverage(pointer(average), pointer(variable), tf.util.sizeFromShape(variable.shape), 1 - decay);
      return [];
    },
};
