import type { z } from "@eosin/plugin-api/zod";
import { blockOptions, encoderOptions, headOptions } from "../encoder-options.js";

export const unetPlusPlusOptions = encoderOptions(
  {
    decoderChannels: blockOptions.decoderChannels.describe(
      "Of the last node of each level, as many as the encoder halves the image (less those that outputStride leaves out); of EfficientNets and ResNets 256, 128, 64, 32, 16, of the tiny encoder 64, 48, 32, 16, 16",
    ),
    outputStride: blockOptions.outputStride.describe(
      "The levels end at the image's size divided by this, and what the network gives is enlarged bilinearly; 1 unless set",
    ),
  },
  headOptions,
);

export type UnetPlusPlusOptions = z.output<typeof unetPlusPlusOptions>;
