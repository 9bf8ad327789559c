import { activationCodes } from "./activation-codes.js";
import { channelRows } from "./channel-rows.js";
import { defineEosinKernel } from "./wasm-kernel.js";

/** Batch normalisation by the batch's own statistics, with the activation behind it, in two walks over x. */
export const batchNormTraining = defineEosinKernel(
  "EosinBatchNormTraining",
  ({ native, pointer, output, withScratch }) =>
    ({ x, gamma, beta }, { epsilon, activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const y = output(x.shape);
      const mean = output([channels]);
      const variance = output([channels]);
      withScratch(native.batchNormScratchBytes(channels), (scratch) =>
        native.batchNormTraining(
          ...[x, gamma, beta, y, mean, variance].map(pointer),
          scratch,
          rows,
          channels,
          epsilon,
          activationCodes[activation],
        ),
      );
      return [y, mean, variance];
    },
);

export const batchNormTrainingGrad = defineEosinKernel(
  "EosinBatchNormTrainingGrad",
  ({ native, pointer, output, withScratch }) =>
    ({ dy, x, gamma, beta, mean, variance }, { epsilon, activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const dx = output(x.shape);
      const dgamma = output([channels]);
      const dbeta = output([channels]);
      withScratch(native.batchNormScratchBytes(channels), (scratch) =>
        native.batchNormTrainingGrad(
          ...[dy, x, gamma, beta, mean, variance, dx, dgamma, dbeta].map(pointer),
          scratch,
          rows,
          channels,
          epsilon,
          activationCodes[activation],
        ),
      );
      return [dx, dgamma, dbeta];
    },
);

export const runningStatistics = defineEosinKernel(
  "EosinRunningStatistics",
  ({ native, pointer }) =>
    ({ runningMean, runningVariance, mean, variance }, { momentum, count }) => {
      const channels = mean.shape[0]!;
      native.runningStatistics(
        ...[runningMean, runningVariance, mean, variance].map(pointer),
        channels,
        momentum,
        count,
      );
      return [];
    },
);
