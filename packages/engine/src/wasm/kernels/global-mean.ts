import { batchedRows } from "./channel-rows.js";
import { defineEosinKernel } from "./wasm-kernel.js";

/** Mean over height and width, (b,h,w,c) → (b,1,1,c). */
export const globalMean = defineEosinKernel(
  "EosinGlobalMean",
  ({ native, pointer, output, withScratch }) =>
    ({ x }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const y = output([batch, 1, 1, channels]);
      withScratch(native.columnSumsScratchBytes(channels), (scratch) =>
        native.reduceSum(pointer(x), pointer(y), scratch, batch, rows, channels, 1 / rows),
      );
      return y;
    },
);

export const globalMeanGrad = defineEosinKernel(
  "EosinGlobalMeanGrad",
  ({ native, pointer, output }) =>
    ({ dy }, { height, width }) => {
      const { batch, channels } = batchedRows(dy.shape);
      const dx = output([batch, height, width, channels]);
      native.broadcastRows(pointer(dy), pointer(dx), batch, height * width, channels, 1 / (height * width));
      return dx;
    },
);
