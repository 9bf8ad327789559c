import { z } from "@eosin/plugin-api/zod";
import { stageOptions } from "../stage-options.js";

export const residualEncoderUnetOptions = z.strictObject({
  ...stageOptions,
  blocks: z
    .array(z.int().min(1).max(64))
    .min(1)
    .max(10)
    .optional()
    .describe(
      "Residual blocks of the encoder's stages, the last number for all further ones; 1, 3, 4, 6, 6, … unless set, as nnU-Net's presets have it",
    ),
  convolutions: z.int().min(1).max(8).default(1).describe("3×3 convolutions of each stage of the decoder"),
});

export type ResidualEncoderUnetOptions = z.output<typeof residualEncoderUnetOptions>;
