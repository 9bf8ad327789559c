import { activationCodes } from "./activation-codes.js";
import { channelRows } from "./channel-rows.js";
import { defineEosinKernel } from "./wasm-kernel.js";

/** Scale, shift and activation by channel: batch normalisation by fixed statistics. */
export const affineActivation = defineEosinKernel(
  "EosinAffineActivation",
  ({ native, pointer, output, withScratch }) =>
    ({ x, scale, shift }, { activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const y = output(x.shape);
      withScratch(native.fixedAffineScratchBytes(channels), (scratch) =>
        native.fixedAffine(...[x, scale, shift, y].map(pointer), scratch, rows, channels, activationCodes[activation]),
      );
      return y;
    },
);

export const affineActivationGrad = defineEosinKernel(
  "EosinAffineActivationGrad",
  ({ native, pointer, output, withScratch }) =>
    ({ dy, x, scale, shift }, { activation }) => {
      const { rows, channels } = channelRows(x.shape);
      const dx = output(x.shape);
      const dscale = output([channels]);
      const dshift = output([channels]);
      withScratch(native.fixedAffineScratchBytes(channels), (scratch) =>
        native.fixedAffineGrad(
          ...[dy, x, scale, shift, dx, dscale, dshift].map(pointer),
          scratch,
          rows,
          channels,
          activationCodes[activation],
        ),
      );
      return [dx, dscale, dshift];
    },
);
