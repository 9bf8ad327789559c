import type { TensorInfo } from "@tensorflow/tfjs-core";
import { defineEosinKernel } from "./wasm-kernel.js";

/** Nearest neighbour ×2 of x, with skip (if any) behind its channels: a U-Net's way up in one walk. */
export const upsample2Concat = defineEosinKernel(
  "EosinUpsample2Concat",
  ({ native, pointer, output }) =>
    ({ x, skip }) => {
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const skipChannels = skip?.shape[3] ?? 0;
      const y = output([batch, 2 * height, 2 * width, channels + skipChannels]);
      const skipPointer = skip ? pointer(skip) : 0;
      native.upsample2Concat(pointer(x), skipPointer, pointer(y), batch, height, width, channels, skipChannels);
      return y;
    },
);

export const upsample2ConcatGrad = defineEosinKernel(
  "EosinUpsample2ConcatGrad",
  ({ native, pointer, output }) =>
    ({ dy }, { channels }) => {
      const [batch, doubleHeight, doubleWidth, all] = dy.shape as [number, number, number, number];
      const [height, width, skipChannels] = [doubleHeight / 2, doubleWidth / 2, all - channels];
      const dx = output([batch, height, width, channels]);
      const outputs: TensorInfo[] = [dx];
      if (skipChannels > 0) outputs.push(output([batch, doubleHeight, doubleWidth, skipChannels]));
      const dskip = outputs[1] ? pointer(outputs[1]) : 0;
      native.upsample2ConcatGrad(pointer(dy), pointer(dx), dskip, batch, height, width, channels, skipChannels);
      return outputs;
    },
);
