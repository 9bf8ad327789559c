import { batchedRows } from "./channel-rows.js";
import { defineEosinKernel } from "./wasm-kernel.js";

/** x · sigmoid(gate) by image and channel: the last act of squeeze-and-excitation (Hu, Shen & Sun 2018). */
export const sigmoidScale = defineEosinKernel(
  "EosinSigmoidScale",
  ({ native, pointer, output, withScratch }) =>
    ({ x, gate }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const y = output(x.shape);
      withScratch(native.sigmoidScaleScratchBytes(channels), (scratch) =>
        native.sigmoidScale(...[x, gate, y].map(pointer), scratch, batch, rows, channels),
      );
      return y;
    },
);

export const sigmoidScaleGrad = defineEosinKernel(
  "EosinSigmoidScaleGrad",
  ({ native, pointer, output, withScratch }) =>
    ({ dy, x, gate }) => {
      const { batch, rows, channels } = batchedRows(x.shape);
      const dx = output(x.shape);
      const dgate = output(gate.shape);
      withScratch(native.sigmoidScaleScratchBytes(channels), (scratch) =>
        native.sigmoidScaleGrad(...[dy, x, gate, dx, dgate].map(pointer), scratch, batch, rows, channels),
      );
      return [dx, dgate];
    },
);
